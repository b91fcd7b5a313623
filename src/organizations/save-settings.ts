import { type Member, mustBe } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Db } from '../platform/db/index.ts'
import { ok, type Result, refuse } from '../platform/errors.ts'
import type { Settings } from './schemas.ts'

const columns = ['name', 'country', 'keys_in_email', 'revision'] as const
export type StoredSettings = { name: string; country: string | null; keys_in_email: boolean; revision: number }

/**
 * Changes what an organization says about itself.
 * @returns `stale`, and what is stored, when somebody changed it since the form was shown.
 * @throws AppError `forbidden` unless an administrator.
 */
export async function saveSettings(
  db: Db,
  actor: Member,
  { revision, ...settings }: Settings,
): Promise<Result<object, 'stale'> & { stored?: StoredSettings }> {
  mustBe(actor, 'administrator')
  const { organization_id } = actor
  return db.transaction().execute(async (trx) => {
    const stored = await trx
      .selectFrom('organizations')
      .select(columns)
      .where('id', '=', organization_id)
      .forNoKeyUpdate()
      .executeTakeFirstOrThrow()
    const { revision: current, ...before } = stored
    if (current !== revision) return { ...refuse('stale'), stored }
    const names = Object.keys(settings) as (keyof typeof settings)[]
    const changed = names.filter((name) => settings[name] !== before[name])
    if (changed.length === 0) return ok({})
    await trx
      .updateTable('organizations')
      .set({ ...settings, revision: current + 1 })
      .where('id', '=', organization_id)
      .execute()
    const details = Object.fromEntries(changed.map((name) => [name, { before: before[name], after: settings[name] }]))
    await record(trx, actor, 'organization.changed', { organization_id, subject_id: organization_id, details })
    return ok({})
  })
}

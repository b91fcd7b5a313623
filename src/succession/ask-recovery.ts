import { sql } from 'kysely'
import { z } from 'zod'
import type { Actor } from '../platform/actor.ts'
import { mustBe } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Config } from '../platform/config.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { AppError, ok, type Result, refuse } from '../platform/errors.ts'
import { uuidv7 } from '../platform/ids.ts'
import { defineLimit, spend } from '../platform/rate-limits.ts'
import { tellAll } from './emails/tell-all.ts'
import { listRecoverable } from './queries.ts'
import { waitingDays } from './rules.ts'

const recoveryLimit = defineLimit('recovery', { capacity: 5, refill_per_minute: 0.01 })

type User = Actor & { user_id: string }

/**
 * Asks to become administrator of an organization whose administrators are all gone. They are told, and have the waiting
 * period to stop it.
 * @returns `waiting` while somebody has asked already.
 * @throws AppError `not_found` unless the actor may ask for this organization now; `too_many_requests`.
 */
export async function askRecovery(
  db: Db,
  actor: User,
  { organization_id }: { organization_id: string },
  config: Pick<Config, 'base_url' | 'vendor'>,
): Promise<Result<{ recovery_id: string }, 'waiting'>> {
  if (actor.via) throw new AppError('forbidden')
  await spend(db, recoveryLimit, actor.user_id)
  return db.transaction().execute(async (trx) => {
    if (!z.guid().safeParse(organization_id).success) throw new AppError('not_found')
    await lockOrganization(trx, organization_id)
    const candidate = (await listRecoverable(trx, actor, actor.now)).find(
      (one) => one.organization_id === organization_id,
    )
    if (!candidate) throw new AppError('not_found')
    const open = await trx
      .selectFrom('recoveries')
      .select('id')
      .where('organization_id', '=', organization_id)
      .where('state', '=', 'waiting')
      .executeTakeFirst()
    if (open) return refuse('waiting')
    const id = uuidv7()
    const due_at = new Date(actor.now.getTime() + waitingDays * 86_400_000)
    const { user_id, now: asked_at } = actor
    const { grounds } = candidate
    await trx
      .insertInto('recoveries')
      .values({ id, organization_id, user_id, grounds, state: 'waiting', asked_at, due_at })
      .execute()
    await record(trx, actor, 'recovery.asked', { organization_id, subject_id: user_id, details: { grounds } })
    await tellAll(trx, actor.now, id, 'asked', config)
    return ok({ recovery_id: id })
  })
}

/**
 * Ends a recovery that waits: an administrator of the organization stops it, or whoever asked takes it back.
 * A second time changes nothing.
 * @throws AppError `not_found` for anybody else.
 */
export async function endRecovery(
  db: Db,
  actor: User,
  { recovery_id, as }: { recovery_id: string; as: 'stopped' | 'withdrawn' },
  config: Pick<Config, 'base_url' | 'vendor'>,
): Promise<void> {
  if (as === 'stopped') mustBe(actor, 'administrator')
  if (actor.via) throw new AppError('forbidden')
  await db.transaction().execute(async (trx) => {
    const recovery = await lockRecovery(trx, recovery_id)
    const own =
      as === 'withdrawn' ? recovery?.user_id === actor.user_id : recovery?.organization_id === actor.organization_id
    if (!recovery || !own) throw new AppError('not_found')
    if (recovery.state !== 'waiting') return
    await trx
      .updateTable('recoveries')
      .set({ state: as, ended_at: actor.now, ended_by: actor.user_id })
      .where('id', '=', recovery.id)
      .execute()
    const { organization_id, user_id } = recovery
    await record(trx, actor, `recovery.${as}`, { organization_id, subject_id: user_id })
    await tellAll(trx, actor.now, recovery.id, as, config)
  })
}

/** The second of two who decide waits here, and then finds it decided. */
export async function lockRecovery(trx: Trx, id: string) {
  if (!z.guid().safeParse(id).success) return undefined
  return trx.selectFrom('recoveries').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

async function lockOrganization(trx: Trx, id: string): Promise<void> {
  await sql`select from organizations where id = ${id} for no key update`.execute(trx)
}

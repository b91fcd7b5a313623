import { sql } from 'kysely'
import { copyValuesTo } from '../fields/index.ts'
import { changeOwner, copyComments } from '../licenses/index.ts'
import type { Actor } from '../platform/actor.ts'
import { recordAll } from '../platform/audit.ts'
import type { Trx } from '../platform/db/index.ts'

export type Moving = {
  transfer_id: string
  from: { id: string; name: string }
  to: { id: string; name: string }
  with_comments: boolean
  with_fields: boolean
  /** Each license of the offer, and the one that goes: another one where a part was divided off. */
  lines: readonly { license_id: string; moved_id: string }[]
}

/** Makes an organization the owner of licenses, in the caller's transaction, which holds their locks. */
export async function moveOwnership(trx: Trx, actor: Actor, moving: Moving): Promise<void> {
  const { transfer_id, from, to, lines, with_comments, with_fields } = moving
  const ids = lines.map(({ moved_id }) => moved_id)
  const copies = { from: from.id, to: to.id, copies: lines }
  if (with_comments) await copyComments(trx, copies)
  if (with_fields) await copyValuesTo(trx, { ...copies, at: actor.now })
  // Both histories: each organization reads its own lines only.
  const subjects = (organization_id: string, other: string) =>
    ids.map((license_id) => ({ organization_id, license_id, subject_id: transfer_id, details: { other } }))
  const side = (id: string): Actor => (actor.organization_id === null ? actor : { ...actor, organization_id: id })
  await recordAll(trx, side(from.id), 'license.transferred', subjects(from.id, to.name))
  await recordAll(trx, side(to.id), 'license.received', subjects(to.id, from.name))
  const before = await changeOwner(trx, ids, { organization_id: to.id, registered_to: to.name })
  const rows = lines.map(({ license_id, moved_id }) => ({ license_id, moved_id, before: before.get(moved_id) }))
  await sql`
    update ownership_transfer_licenses x set moved_id = t.moved_id, before = t.before
    from json_to_recordset(${JSON.stringify(rows)}::json) as t (license_id uuid, moved_id uuid, before jsonb)
    where x.transfer_id = ${transfer_id} and x.license_id = t.license_id`.execute(trx)
}

/** The names of organizations, by their ids. */
export async function namesOf(trx: Trx, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from organizations where id = any(${ids}::uuid[])`.execute(trx)
  return new Map(rows.map(({ id, name }) => [id, name]))
}

import { sql } from 'kysely'
import type { Member } from '../platform/actor.ts'
import { recordAll } from '../platform/audit.ts'
import type { Db } from '../platform/db/index.ts'
import { hasLevel } from './visible-licenses.ts'

/**
 * Tells the owners of those of the licenses that are not the actor's own, in the history of each, that their keys are
 * taken with many others. Call it before a part leaves, for up to a thousand licenses: two statements, however many.
 */
export async function noteKeysTaken(db: Db, actor: Member, license_ids: readonly string[]): Promise<void> {
  const isOwn = actor.via ? sql`false` : sql`l.owner_id = ${actor.organization_id}`
  const { rows } = await sql<{ license_id: string; owner_id: string; keys: number }>`
    select l.id as license_id, l.owner_id, k.keys from licenses l
    cross join lateral (select count(*)::int as keys from license_keys k
      where k.license_id = l.id and k.revoked_at is null and k.superseded_at is null) k
    where l.id = any(${license_ids}::uuid[]) and l.owner_id is not null and not ${isOwn} and k.keys > 0
      and ${hasLevel(actor, 'download', 'l')}
    order by l.id`.execute(db)
  if (rows.length === 0) return
  const taken = rows.map(({ license_id, owner_id, keys }) => ({
    ...{ organization_id: owner_id, license_id, details: { keys } },
  }))
  await db.transaction().execute((trx) => recordAll(trx, actor, 'license.keys_taken', taken))
}

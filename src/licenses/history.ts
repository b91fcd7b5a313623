import { sql } from 'kysely'
import type { Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { visibleLicenses } from './visible-licenses.ts'

export type HistoryEntry = {
  id: string
  at: Date
  action: string
  /** Who did it, or null for the vendor and the portal itself. */
  by: string | null
  /** The organization for which somebody else acted, and the one that this person works for. */
  on_behalf_of: string | null
  by_organization: string | null
  details: unknown
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const historyPage = 50

/**
 * The newest lines of a license's history, or those before a cursor: what the reader's organization did, what others
 * did on its behalf, and what the vendor did. Lines of other organizations, who may have owned or seen the license, are
 * never among them; a license that was shared with the reader shows what the reader's own people did with it. To who
 * acts for an organization what it kept in its fields is not told, nor what it noted on a license not given in full.
 */
export async function listHistory(db: Db, actor: Member, license_id: string, before?: string) {
  const cursor = before && uuid.test(before) ? before : undefined
  const rows = await db
    .selectFrom('events as e')
    .innerJoin(visibleLicenses(actor).as('l'), 'l.id', 'e.license_id')
    .leftJoin('organizations as o', 'o.id', 'e.on_behalf_of')
    .leftJoin('organizations as a', 'a.id', 'e.actor_organization_id')
    .select(['e.id', 'e.at', 'e.action', 'e.details', 'o.name as on_behalf_of', 'a.name as by_organization'])
    .select(sql<string | null>`case when e.actor_kind = 'user' then e.actor_name end`.as('by'))
    .where('e.license_id', '=', license_id)
    .where((eb) =>
      eb.or([
        eb('e.organization_id', '=', actor.organization_id),
        eb('e.actor_organization_id', '=', actor.via?.organization_id ?? actor.organization_id),
        eb.and([eb('e.organization_id', 'is', null), eb('e.actor_kind', 'in', ['operator', 'system'])]),
      ]),
    )
    .$if(actor.via !== undefined, (query) =>
      query.where(sql<boolean>`(not (e.action = 'license.fields_changed' or (l.level <> 'full' and e.action like any('{license.tagged,license.comment%}')))
        or (e.actor_organization_id = ${actor.via?.organization_id}::uuid) is true)`),
    )
    .$if(cursor !== undefined, (query) =>
      query.where(
        sql<boolean>`e.chain_number < (select chain_number from events where id = ${cursor}::uuid
          and license_id = ${license_id})`,
      ),
    )
    .orderBy('e.chain_number', 'desc')
    .limit(historyPage + 1)
    .execute()
  const entries: HistoryEntry[] = rows.slice(0, historyPage)
  const last = rows.length > historyPage ? entries.at(-1) : undefined
  return { entries, older: last?.id }
}

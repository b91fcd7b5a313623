import type { Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'

/**
 * The licenses that an actor may see, as something to select from: `db.selectFrom(visibleLicenses(db, actor).as('l'))`.
 * Every list, count, export and detail starts here and nowhere else. Further sources (shared, delegated) become
 * further arms of a `union all` whose rows exclude each other: PostgreSQL then still reads each arm in index order.
 */
export function visibleLicenses(db: Db, actor: Pick<Member, 'organization_id'>) {
  return db.selectFrom('licenses').selectAll('licenses').where('licenses.owner_id', '=', actor.organization_id)
}

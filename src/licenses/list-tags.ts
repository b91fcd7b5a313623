import { sql } from 'kysely'
import type { Member } from '../platform/actor.ts'
import { type Db, prepared } from '../platform/db/index.ts'

/** The tags of an organization; there are 200 at most, however many licenses have them. */
export async function listTags(db: Db, { organization_id }: Member): Promise<string[]> {
  const { rows } = await sql<{ tag: string }>`${prepared}
    with recursive present (tag) as (
      (select tag from license_tags where organization_id = ${organization_id} order by tag limit 1)
      union all
      select (select t.tag from license_tags t
        where t.organization_id = ${organization_id} and t.tag > present.tag order by t.tag limit 1)
      from present where present.tag is not null
    )
    select tag from present where tag is not null`.execute(db)
  return rows.map(({ tag }) => tag)
}

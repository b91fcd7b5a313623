/** A search that the demo's company offers all colleagues, and license information that it added to its catalog. */
import { sql } from 'kysely'
import { addLicenseInformation, saveSearch } from '../licenses/index.ts'
import type { Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'

/** Saves and adds them; a search of the same name, or a bookmark that is there, stays as it is. */
export async function keepSearches(db: Db, manager: Member): Promise<void> {
  const search = { name: 'Renew at head office', query: 'status=start_planning&tag=Head+office&sort=end' }
  await saveSearch(db, manager, { ...search, for_all: 'on' })
  const { rows } = await sql<{ serial: string }>`
    select l.serial from licenses l join product_versions v on v.id = l.product_version_id
    join products p on p.id = v.product_id
    where l.registered_at is null and l.revoked_at is null and l.superseded_at is null and p.key_scheme = 'file'
    order by l.serial limit 1`.execute(db)
  const [unregistered] = rows
  if (unregistered) await addLicenseInformation(db, manager, { text: unregistered.serial })
}

/** What the demo's company wrote about its licenses, and whom support may ask about them. */
import { sql } from 'kysely'
import { addComment, assignContacts } from '../licenses/index.ts'
import type { Member } from '../platform/actor.ts'
import { uuidv7 } from '../platform/ids.ts'
import type { Services } from '../platform/services.ts'

const watch = { name: 'Ingrid Sørensen', email: 'ingrid@halden.example', phone: '+47 22 33 44 55' }
const yard = { name: 'Trond Bakken', email: 'trond.bakken@nordverft.example', phone: null }

const comments = [
  'Runs on the booking server in Halden. Restart the service after a new license file.',
  'Asked for a quote for next year.\nSofie in purchasing has it: 3 more users, same term. 👍',
]

/** Names contacts and adds comments, unless a seeding that was cut off already did. */
export async function addNotes({ db, config }: Services, manager: Member): Promise<void> {
  const { rows } = await sql<{ id: string; noted: boolean }>`
    select l.id, exists (select from license_comments c where c.license_id = l.id) as noted
    from licenses l where owner_id = ${manager.organization_id} and revoked_at is null and superseded_at is null
    order by serial limit 3`.execute(db)
  const [first] = rows
  if (!first || first.noted) return
  const license_ids = rows.map(({ id }) => id)
  await assignContacts(db, manager, { license_ids, contacts: [watch, yard], mode: 'add' }, config)
  for (const body of comments) await addComment(db, manager, { license_id: first.id, comment_id: uuidv7(), body })
}

/** What the demo's company shares with another one, and delegates to its channel partner. */
import { sql } from 'kysely'
import { delegateLicenses } from '../delegation/index.ts'
import type { Member } from '../platform/actor.ts'
import type { Services } from '../platform/services.ts'
import { shareLicenses } from '../sharing/index.ts'

type Sides = { administrator: Member; manager: Member; friend: string; partner: string }

/** Shares by a tag, and delegates a customer number; a seeding that was cut off does neither twice. */
export async function shareSome(
  { db, config }: Services,
  { administrator, manager, friend, partner }: Sides,
): Promise<void> {
  const { rows } = await sql`select from license_grants where owner_id = ${manager.organization_id}`.execute(db)
  if (rows.length > 0) return
  const nothing = { customers: [], new_numbers: false, serials: '', tag: '', search: '', ends_on: null }
  const shared = await shareLicenses(
    db,
    manager,
    { ...nothing, scope: 'tag', tag: 'Head office', email: friend, level: 'full' },
    config,
  )
  const number = await db
    .selectFrom('licenses as l')
    .innerJoin('customers as c', 'c.id', 'l.customer_id')
    .select('c.number')
    .where('l.owner_id', '=', administrator.organization_id)
    .orderBy('c.number')
    .executeTakeFirstOrThrow()
  const delegation = { email: partner, customers: [number.number], new_numbers: false, ends_on: null }
  const delegated = await delegateLicenses(db, administrator, { ...delegation, level: 'full' }, config)
  if (!shared.ok || !delegated.ok) throw new Error('the demo’s licenses were not shared')
}

/** Grants for tests of what is read: written straight into the tables. */
import type { Level } from '../src/licenses/index.ts'
import type { Member } from '../src/platform/actor.ts'
import type { Db } from '../src/platform/db/index.ts'
import { uuidv7 } from '../src/platform/ids.ts'
import { now } from './licenses.ts'

type Grant = {
  kind: 'share' | 'delegation'
  level: Level
  customer_ids: string[]
  license_ids: string[]
  tag: string
  ends_at: Date
  ended_at: Date
  new_numbers: boolean
}

/** What one organization grants to another. @returns its id. */
export async function aGrant(
  db: Db,
  owner: Pick<Member, 'organization_id' | 'user_id'>,
  grantee: Pick<Member, 'organization_id' | 'email'>,
  given: Partial<Grant>,
): Promise<string> {
  const { customer_ids = [], license_ids = [], ends_at, ...rest } = given
  const id = uuidv7()
  await db
    .insertInto('license_grants')
    .values({
      kind: 'share',
      level: 'view',
      ...rest,
      id,
      owner_id: owner.organization_id,
      grantee_id: grantee.organization_id,
      grantee_email: grantee.email?.toLowerCase() ?? 'somebody@else.example',
      scope: given.tag ? 'tag' : license_ids.length > 0 ? 'licenses' : 'customers',
      ...(ends_at && { ends_at, ends_on: ends_at.toISOString().slice(0, 10) }),
      created_at: now,
      created_by: owner.user_id,
    })
    .execute()
  for (const customer_id of customer_ids) {
    await db.insertInto('license_grant_customers').values({ grant_id: id, customer_id }).execute()
  }
  for (const license_id of license_ids) {
    await db.insertInto('license_grant_licenses').values({ grant_id: id, license_id }).execute()
  }
  return id
}

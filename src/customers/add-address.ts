import type { Member } from '../platform/actor.ts'
import type { Trx } from '../platform/db/index.ts'
import { uuidv7 } from '../platform/ids.ts'

export type EnteredAddress = {
  company: string
  street: string
  street2: string | null
  city: string
  region: string | null
  postal_code: string | null
  country: string
}

/** Stores an install-at address of an organization. @returns its id. */
export async function addAddress(
  trx: Trx,
  actor: Pick<Member, 'organization_id' | 'now'>,
  address: EnteredAddress,
): Promise<string> {
  const id = uuidv7()
  const { company, street, street2, city, region, postal_code, country } = address
  await trx
    .insertInto('addresses')
    .values({
      id,
      organization_id: actor.organization_id,
      company,
      street,
      street2,
      city,
      region,
      postal_code,
      country,
      created_at: actor.now,
    })
    .execute()
  return id
}

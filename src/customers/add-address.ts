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

/** Stores an install-at address that the actor's organization entered. @returns its id. */
export async function addAddress(trx: Trx, actor: Member, address: EnteredAddress): Promise<string> {
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

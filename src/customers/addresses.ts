import { sql } from 'kysely'
import type { Actor, Member } from '../platform/actor.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import type { Format } from '../platform/i18n.ts'
import type { EnteredAddress } from './add-address.ts'
import type { AddressQuery } from './schemas.ts'

export type Address = EnteredAddress & { id: string }

type Asker = Pick<Member, 'organization_id'> & Pick<Actor, 'via'>

const columns = sql`id, company, street, street2, city, region, postal_code, country`

/**
 * The addresses that an organization may use: those it entered, and those of its customer numbers. Two arms that
 * exclude each other, so that each reads its own index instead of every address there is. Who acts for it uses those of
 * the customer numbers that were delegated.
 */
export function usableAddresses({ organization_id, via }: Asker) {
  if (via) {
    return sql`(select ${columns} from addresses where customer_id in (
      select n.customer_id from license_grants g join license_grant_customers n on n.grant_id = g.id
      where g.owner_id = ${organization_id}::uuid and g.grantee_id = ${via.organization_id}::uuid
        and g.kind = 'delegation' and g.ended_at is null and (g.ends_at is null or g.ends_at > now())))`
  }
  return sql`
    (select ${columns} from addresses where organization_id = ${organization_id}::uuid
    union all
    select ${columns} from addresses where organization_id is distinct from ${organization_id}::uuid and customer_id in (
      select customer_id from customer_associations where organization_id = ${organization_id}::uuid))`
}

/**
 * One page of the addresses that the actor may use and that have all words of each criterion, by company and city.
 * `after` of the answer is the criterion of the next page.
 */
export async function listAddresses(
  db: Db,
  actor: Member,
  query: Partial<AddressQuery>,
  limit = 50,
): Promise<{ addresses: Address[]; after: string | undefined }> {
  const { text = '', company = '', city = '', postal_code = '', country = '', after } = query
  const usable = usableAddresses(actor)
  const whole = sql`concat_ws(' ', company, street, street2, postal_code, city, region, country)`
  const conditions = [
    ...words(text).map((word) => has(whole, word)),
    ...words(company).map((word) => has(sql`company`, word)),
    ...words(city).map((word) => has(sql`city`, word)),
    ...words(postal_code).map((word) => has(sql`coalesce(postal_code, '')`, word)),
    ...(country ? [sql`country = ${country}`] : []),
    ...(after
      ? [sql`(company, city, id) > (select company, city, id from ${usable} b where id = ${after}::uuid)`]
      : []),
  ]
  const { rows } = await sql<Address>`
    select ${columns} from ${usable} a
    where ${conditions.length > 0 ? sql.join(conditions, sql` and `) : sql`true`}
    order by company, city, id limit ${limit + 1}`.execute(db)
  const addresses = rows.slice(0, limit)
  return { addresses, after: rows.length > limit ? addresses.at(-1)!.id : undefined }
}

const words = (text: string) => text.split(/\s+/).filter(Boolean).slice(0, 8)

function has(text: ReturnType<typeof sql>, word: string) {
  return sql`${text} ilike ${`%${word.replace(/[\\%_]/g, '\\$&')}%`}`
}

/** An address that the actor's organization may use, by id; anything else is undefined. */
export async function findAddress(db: Db | Trx, actor: Asker, id: string): Promise<Address | undefined> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return undefined
  const { rows } = await sql<Address>`select * from ${usableAddresses(actor)} a where id = ${id}::uuid`.execute(db)
  return rows[0]
}

/** An address as lines: of an envelope, or of a fact. */
export function addressLines(address: EnteredAddress, format: Format): string[] {
  const { company, street, street2, postal_code, city, region, country } = address
  const place = [postal_code, city].filter(Boolean).join(' ')
  return [company, street, street2, place, region, format.country(country)].filter((line): line is string =>
    Boolean(line),
  )
}

/** An address in one line, to choose from. */
export function addressLine(address: EnteredAddress, format: Format): string {
  return addressLines(address, format).join(', ')
}

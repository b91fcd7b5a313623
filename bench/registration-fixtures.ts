/** Rows for the benchmarks of registration, made set-based: organizations, licenses, drafts ready to complete. */
import { type RawBuilder, sql } from 'kysely'
import { dayOf, type Member } from '../src/platform/actor.ts'
import type { Db } from '../src/platform/db/index.ts'
import { uuidv7 } from '../src/platform/ids.ts'
import { aMember, aProduct, type SomeProduct } from '../test/licensing.ts'

export type Ready = { draft_id: string; license_id: string; serial: string; customer_id: string; actor: Member }

export async function someActors(db: Db, count: number): Promise<Member[]> {
  return Promise.all(Array.from({ length: count }, () => aMember(db)))
}

export function aFileProduct(db: Db): Promise<SomeProduct> {
  return aProduct(db, { key_scheme: 'file', features: { export: true, nodes: 16 } })
}

const details = {
  registered_to: 'ACME Research S.A.',
  address: null,
  contacts: [{ name: 'Tess Contact', email: 'tess@example.com', phone: null }],
  products: {},
}

let made = 0

/** Unregistered licenses, each in a verified draft of one of the actors; `in_one` puts all into one draft. */
export async function someReady(
  db: Db,
  product: SomeProduct,
  actors: Member[],
  count: number,
  { in_one = false }: { in_one?: boolean } = {},
): Promise<Ready[]> {
  const one = uuidv7()
  const ready = Array.from({ length: count }, (_, n): Ready => {
    const actor = { ...actors[n % actors.length]!, now: new Date() }
    actor.today = dayOf(actor.now, 'UTC')
    const serial = `M${String(++made).padStart(10, '0')}`
    const draft_id = in_one ? one : uuidv7()
    return { draft_id, license_id: uuidv7(), serial, customer_id: uuidv7(), actor }
  })
  const column = (value: (row: Ready, n: number) => unknown) => ready.map((row, n) => value(row, n))
  const ids: RawBuilder<unknown> = sql`unnest(${column((row) => row.license_id)}::uuid[], ${column((row) => row.serial)}::text[],
    ${column((row) => row.customer_id)}::uuid[], ${column((row) => row.draft_id)}::uuid[],
    ${column((row) => row.actor.organization_id)}::uuid[], ${column((row) => row.actor.user_id)}::uuid[],
    ${column((_, n) => n + 1)}::int[]) as t (license_id, serial, customer_id, draft_id, organization_id, user_id, n)`
  await sql`insert into customers (id, number, name, country, created_at)
    select customer_id, 'C' || serial, 'Customer of ' || serial, 'DE', now() from ${ids}`.execute(db)
  await sql`insert into licenses (id, serial, product_version_id, kind, meter, quantity, customer_id, created_at)
    select license_id, serial, ${product.product_version_id}, 'product', 'device', 10, customer_id, now() from ${ids}`.execute(
    db,
  )
  await sql`insert into registration_drafts (id, organization_id, created_by, details, revision, created_at, updated_at)
    select distinct draft_id, organization_id, user_id, ${JSON.stringify(details)}::jsonb, 3, now(), now() from ${ids}`.execute(
    db,
  )
  await sql`insert into registration_draft_serials (draft_id, position, serial)
    select draft_id, n, serial from ${ids}`.execute(db)
  await sql`analyze`.execute(db)
  return ready
}

export function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!
}

/** Does it and adds to `times` how many milliseconds that took. */
export async function timed<T>(times: number[], work: () => Promise<T>): Promise<T> {
  const start = performance.now()
  const result = await work()
  times.push(performance.now() - start)
  return result
}

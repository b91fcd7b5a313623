import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { freshPostgres } from '../../test/database.ts'
import { aCustomer, aLicense, aMember } from '../../test/licenses.ts'
import { requestConfig } from '../../test/requests.ts'
import { askCustomer, withdrawAsking } from './ask-customer.ts'
import { delegateLicenses, mostDelegations, refuseDelegation } from './delegate-licenses.ts'

const config = requestConfig()
const rest = { customers: ['C-1'], new_numbers: false, level: 'full' as const, ends_on: null }

async function twoSides(t: Parameters<typeof freshPostgres>[0]) {
  const { db } = await freshPostgres(t)
  const now = new Date()
  const [customer, partner] = [
    { ...(await aMember(db, 'administrator')), now },
    { ...(await aMember(db, 'administrator')), now },
  ]
  await aLicense(db, customer, { customer_id: await aCustomer(db, 'C-1') })
  return { db, customer, partner }
}

const many = <R>(work: (n: number) => Promise<R>) => Promise.all(Array.from({ length: 8 }, (_, n) => work(n)))

test('of eight who consent, refuse and withdraw at once exactly one answer counts', async (t) => {
  const { db, customer, partner } = await twoSides(t)
  const asked = await askCustomer(db, partner, { email: customer.email!, level: 'view', message: '' }, config)
  assert.ok(asked.ok)
  const { request_id } = asked
  await many((n): Promise<unknown> => {
    if (n % 3 === 0) return delegateLicenses(db, customer, { ...rest, email: partner.email!, request_id }, config)
    return n % 3 === 1 ? refuseDelegation(db, customer, { request_id }) : withdrawAsking(db, partner, { request_id })
  })
  const { rows } = await sql<{ action: string }>`select distinct action from events
    where action in ('delegation.granted', 'delegation.refused', 'delegation.withdrawn')`.execute(db)
  const { rows: lines } = await sql`select from events
    where action in ('delegation.granted', 'delegation.refused', 'delegation.withdrawn')`.execute(db)
  assert.deepEqual([rows.length, lines.length], [1, 1])
})

test('of eight delegations at once one takes the last that an organization may have', async (t) => {
  const { db, customer } = await twoSides(t)
  await sql`insert into license_grants (id, kind, owner_id, grantee_email, scope, level, created_at, created_by)
    select gen_random_uuid(), 'delegation', ${customer.organization_id}, 'x' || n || '@far.example', 'customers', 'view',
      now(), ${customer.user_id} from generate_series(1, ${mostDelegations - 1}::int) n`.execute(db)
  const results = await many((n) => delegateLicenses(db, customer, { ...rest, email: `n${n}@far.example` }, config))
  assert.equal(results.filter(({ ok }) => ok).length, 1)
})

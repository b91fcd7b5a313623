import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { freshPostgres } from '../../test/database.ts'
import { aCustomer, aLicense, aMember } from '../../test/licenses.ts'
import { requestConfig } from '../../test/requests.ts'
import { endShares } from './jobs.ts'
import { removeShare } from './remove-share.ts'
import { mostShares } from './rules.ts'
import { shareLicenses } from './share-licenses.ts'

const level = 'view' as const
const nothing = { customers: [], new_numbers: false, serials: '', tag: '', search: '', ends_on: null }

async function anOwner(t: Parameters<typeof freshPostgres>[0]) {
  const { db } = await freshPostgres(t)
  const owner = { ...(await aMember(db)), now: new Date() }
  const customer_id = await aCustomer(db, 'C-1')
  await aLicense(db, owner, { customer_id })
  const share = (email: string) => {
    const input = { ...nothing, scope: 'customers' as const, customers: ['C-1'], email, level }
    return shareLicenses(db, owner, input, requestConfig())
  }
  return { db, owner, share }
}

test('of eight shares at once one takes the last that an organization may have', async (t) => {
  const { db, owner, share } = await anOwner(t)
  await sql`insert into license_grants (id, kind, owner_id, grantee_email, scope, level, created_at, created_by)
    select gen_random_uuid(), 'share', ${owner.organization_id}, 'x' || n || '@far.example', 'customers', 'view', now(),
      ${owner.user_id} from generate_series(1, ${mostShares - 1}::int) n`.execute(db)
  const results = await Promise.all(Array.from({ length: 8 }, (_, n) => share(`n${n}@far.example`)))
  assert.equal(results.filter(({ ok }) => ok).length, 1)
})

test('a share removed eight times at once, and by its last day, ends once', async (t) => {
  const { db, owner, share } = await anOwner(t)
  const shared = await share('bo@far.example')
  assert.ok(shared.ok)
  await sql`update license_grants set ends_on = '2026-01-01', ends_at = '2026-01-02'`.execute(db)
  const { share_id } = shared
  const removing = Array.from({ length: 8 }, () => removeShare(db, owner, { share_id }))
  await Promise.all([...removing, endShares(db, new Date()), endShares(db, new Date())])
  const { rows } = await sql`select from events where action in ('share.removed', 'share.ended')`.execute(db)
  assert.equal(rows.length, 1)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { freshPostgres } from '../../test/database.ts'
import { anIssuing } from '../../test/issuing.ts'
import { aLicense, aMember } from '../../test/licenses.ts'
import { requestConfig } from '../../test/requests.ts'
import { acceptTransfer, endOffer } from './answer-transfer.ts'
import { offerTransfer } from './offer-transfer.ts'
import { undoTransfer } from './undo-transfer.ts'

const config = requestConfig()

async function anOffer(t: Parameters<typeof freshPostgres>[0]) {
  const { db } = await freshPostgres(t)
  const now = new Date()
  const [from, to] = [
    { ...(await aMember(db)), now },
    { ...(await aMember(db)), now },
  ]
  const { id, serial } = await aLicense(db, from)
  const input = {
    email: to.email!,
    serials: serial,
    quantity: null,
    with_comments: false,
    with_fields: false,
    message: '',
  }
  const offer = () => offerTransfer(db, from, input, config)
  const offered = await offer()
  assert.ok(offered.ok)
  const { transfer_id } = offered
  const issuing = await anIssuing(db)
  return { db, from, to, id, offer, transfer_id, issuing }
}

const wins = (results: { ok: boolean }[]) => results.filter(({ ok }) => ok).length
const many = <R>(work: (n: number) => Promise<R>) => Promise.all(Array.from({ length: 8 }, (_, n) => work(n)))

for (const round of [1, 2, 3]) {
  test(`of eight who accept, decline and withdraw at once exactly one does (round ${round})`, async (t) => {
    const { db, from, to, id, transfer_id, issuing } = await anOffer(t)
    const results = await many((n) => {
      if (n % 3 === 0) return acceptTransfer(db, to, { transfer_id }, issuing)
      return n % 3 === 1
        ? endOffer(db, to, { transfer_id, as: 'declined' }, config)
        : endOffer(db, from, { transfer_id, as: 'withdrawn' }, config)
    })
    assert.equal(wins(results), 1)
    const { rows } = await sql`select from events where license_id = ${id} and action = 'license.received'`.execute(db)
    const { state } = await db.selectFrom('ownership_transfers').select('state').executeTakeFirstOrThrow()
    assert.equal(rows.length, state === 'accepted' ? 1 : 0)
  })
}

test('undone eight times at once, a transfer is undone once', async (t) => {
  const { db, from, to, id, transfer_id, issuing } = await anOffer(t)
  assert.ok((await acceptTransfer(db, to, { transfer_id }, issuing)).ok)
  assert.equal(wins(await many((n) => undoTransfer(db, n % 2 ? from : to, { transfer_id }, config))), 1)
  const { rows } =
    await sql`select from events where license_id = ${id} and action = 'license.transfer_undone'`.execute(db)
  assert.equal(rows.length, 2, 'a line in the history of each side')
})

test('offered eight times at once, a license is offered once', async (t) => {
  const { db, from, offer, transfer_id } = await anOffer(t)
  await endOffer(db, from, { transfer_id, as: 'withdrawn' }, config)
  assert.equal(wins(await many(offer)), 1)
})

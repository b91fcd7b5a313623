import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { aCampaign, threeVersions } from '../../test/campaigns.ts'
import { freshDatabase } from '../../test/database.ts'
import { aCustomer, aLicense, aMember } from '../../test/licenses.ts'
import type { Db } from '../platform/db/index.ts'
import { textsFor } from '../platform/i18n.ts'
import { countEligibility, listEligibility, placeOf, previewCsv } from './campaign-preview.ts'
import { type Campaign, getCampaign } from './campaign-queries.ts'
import { upgradeRefusals } from './eligibility.ts'

const today = '2026-11-01'
const serialFor = (reason: string) => `BECAUSE-${reason.replaceAll('_', '-')}`

/** Every license of a campaign, page by page. */
async function everyRow(db: Db, campaign: Campaign, asked: { reason?: 'eligible' | 'kind'; path?: string } = {}) {
  const all = []
  for (let after: string | undefined; ; ) {
    const rows = await listEligibility(db, campaign, { ...asked, after, today, limit: 3 } as never)
    all.push(...rows)
    if (rows.length < 3) return all
    after = placeOf(rows.at(-1)!)
  }
}

test('each reason is counted and listed, and the list names customer, owner and what is left', async (t) => {
  const { db } = await freshDatabase(t)
  const versions = await threeVersions(db)
  const ann = await aMember(db)
  const base = { product_version_id: versions.old, maintenance_until: '2026-12-31', quantity: 10 }
  const german = await aCustomer(db, 'C-DE', 'Kunde')
  await db.updateTable('customers').set({ country: 'DE' }).where('id', '=', german).execute()
  await aLicense(db, ann, { ...base, serial: 'ELIGIBLE', customer_id: german, upgraded_quantity: 4 })
  await aLicense(db, null, { ...base, serial: 'UNOWNED', customer_id: german })
  const inGermany = { ...base, customer_id: german }
  const reasons: Record<string, Parameters<typeof aLicense>[2]> = {
    revoked: { ...inGermany, revoked_at: new Date(), revoked_reason: 'x' },
    superseded: { ...inGermany, superseded_at: new Date() },
    upgraded: { ...inGermany, upgraded_quantity: 10 },
    kind: { ...inGermany, kind: 'content' },
    country: base,
    ended: { ...inGermany, ends_on: '2026-10-20', grace_days: 11 },
    planned: { ...inGermany, starts_on: '2026-11-02' },
    no_maintenance: { product_version_id: versions.old, customer_id: german },
    maintenance_lapsed: { ...inGermany, maintenance_until: '2026-02-28' },
  }
  for (const [serial, given] of Object.entries(reasons)) {
    await aLicense(db, ann, { ...given, serial: serialFor(serial) })
  }
  await aLicense(db, null, { ...inGermany, serial: serialFor('order_cancelled') }, { cancelled_at: new Date() })
  const inTime = { ...inGermany, ends_on: '2026-10-21', grace_days: 11, maintenance_until: '2026-03-01' }
  await aLicense(db, ann, { ...inTime, serial: 'JUST-IN-TIME' })
  const { campaign_id } = await aCampaign(db, versions, { countries: ['DE'] })
  const campaign = await getCampaign(db, campaign_id)
  const counts = await countEligibility(db, campaign_id, today)
  assert.deepEqual(counts.overall[0], { outcome: 'eligible', licenses: 3, quantity: 26 })
  assert.equal(counts.customers, 1)
  const counted = new Map(counts.overall.map(({ outcome, licenses }) => [outcome, licenses]))
  for (const reason of upgradeRefusals) assert.equal(counted.get(reason), 1, reason)

  const rows = new Map((await everyRow(db, campaign)).map((row) => [row.serial, row]))
  assert.equal(rows.size, 13)
  for (const reason of upgradeRefusals) {
    const serial = serialFor(reason)
    assert.equal(rows.get(serial)!.refusal, reason)
    const [only, ...more] = await listEligibility(db, campaign, { reason, today, limit: 10 } as never)
    assert.deepEqual([only!.serial, more.length], [serial, 0])
  }
  const { quantity, quantity_left, owner, customer_number, country, product, refusal } = rows.get('ELIGIBLE')!
  assert.deepEqual([quantity, quantity_left, customer_number, country, refusal], [10, 6, 'C-DE', 'DE', null])
  assert.deepEqual([product, owner?.startsWith('Acme'), rows.get('UNOWNED')!.owner], ['Backup Server 1.0', true, null])
  const eligible = await everyRow(db, campaign, { reason: 'eligible' })
  assert.deepEqual(eligible.map(({ serial }) => serial).sort(), ['ELIGIBLE', 'JUST-IN-TIME', 'UNOWNED'])
})

test('a license whose version has several targets stands in the list once, and a path shows what it finds', async (t) => {
  const { db } = await freshDatabase(t)
  const versions = await threeVersions(db)
  const { old, next, last } = versions
  const other = await threeVersions(db, 'Mail Server')
  const ends = ['2026-02-28', '2026-03-01', '2026-08-31', '2026-09-01', undefined]
  for (const [n, maintenance_until] of ends.entries()) {
    const given = { product_version_id: old, quantity: n + 1, serial: `LICENSE-${n}` }
    await aLicense(db, null, maintenance_until ? { ...given, maintenance_until } : given)
  }
  const paths = [last, next, other.last].map((to_version_id) => ({ from_version_id: old, to_version_id }))
  const { campaign_id } = await aCampaign(db, versions, { paths })
  const campaign = await getCampaign(db, campaign_id)
  const idTo = (to: string) => campaign.paths.find(({ to_version_id }) => to_version_id === to)!.id
  const serials = async (path?: string) =>
    (await everyRow(db, campaign, { reason: 'eligible', ...(path && { path }) })).map(({ serial }) => serial).sort()
  assert.deepEqual(await serials(), ['LICENSE-1', 'LICENSE-2', 'LICENSE-3'])
  assert.deepEqual(await serials(idTo(last)), ['LICENSE-3'])
  assert.equal((await everyRow(db, campaign)).length, 5)
  const counts = await countEligibility(db, campaign_id, today)
  const eligible = (path: string) =>
    counts.by_path.find(({ path_id, outcome }) => path_id === path && outcome === 'eligible')?.licenses
  assert.deepEqual(
    [last, next, other.last].map((to) => eligible(idTo(to))),
    [1, 3, 1],
  )
  assert.equal(
    counts.overall.reduce((sum, { licenses }) => sum + licenses, 0),
    5,
  )
  // The path that is counted for all finds every license that any path finds.
  const found = await Promise.all(campaign.paths.map(({ id }) => serials(id)))
  assert.deepEqual([...new Set(found.flat())].sort(), await serials())
})

test('a path of another campaign finds nothing', async (t) => {
  const { db } = await freshDatabase(t)
  const versions = await threeVersions(db)
  await aLicense(db, null, { product_version_id: versions.old })
  const one = await getCampaign(db, (await aCampaign(db, versions)).campaign_id)
  const two = await getCampaign(db, (await aCampaign(db, versions)).campaign_id)
  const rows = await listEligibility(db, one, {
    path: two.paths[0]!.id,
    reason: undefined,
    after: undefined,
    today,
    limit: 9,
  })
  assert.deepEqual(rows, [])
})

test('the list as CSV is whole, in the reader’s words, and runs no formula', async (t) => {
  const { db } = await freshDatabase(t)
  const versions = await threeVersions(db, '=Product')
  const customer_id = await aCustomer(db, '@C-1', '=HYPERLINK("http://evil.example")')
  for (let n = 0; n < 1100; n += 1) {
    await db
      .insertInto('licenses')
      .values({
        id: crypto.randomUUID(),
        serial: `SERIAL-${n}`,
        product_version_id: versions.old,
        ...{ customer_id, kind: 'product', meter: 'device', quantity: 2, created_at: new Date() },
      })
      .execute()
  }
  const { campaign_id } = await aCampaign(db, versions)
  const asked = { reason: undefined, path: undefined, today }
  const csv = await new Response(previewCsv(db, await getCampaign(db, campaign_id), asked, textsFor('fr'))).text()
  const [head, ...rows] = parse(csv, { bom: true }) as string[][]
  assert.equal(head![0], 'Numéro de client')
  assert.equal(new Set(rows.map((row) => row[3])).size, 1100)
  assert.deepEqual(
    [rows[0]![0], rows[0]![1], rows[0]![4], rows[0]![8]],
    ["'@C-1", `'=HYPERLINK("http://evil.example")`, "'=Product 1.0", 'Sans maintenance'],
  )
})

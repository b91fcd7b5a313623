/**
 * S9: who is eligible in a campaign over 20,000 licenses (--full: 1,000,000) with two targets, counted by path and
 * reason on PostgreSQL; beside the same query alone through `pg`, alternating. And what else operators wait for: a
 * page of the list, the list as CSV, customers told.
 * Usage: node --import ./tools/tsx.ts bench/campaign-eligibility.ts [--full | --check | --licenses N --customers N]
 */
import process from 'node:process'
import pg from 'pg'
import { textsFor } from '../src/platform/i18n.ts'
import { countEligibility, countsOf, listEligibility, placeOf, previewCsv } from '../src/upgrades/campaign-preview.ts'
import { getCampaign } from '../src/upgrades/campaign-queries.ts'
import { publishCampaign } from '../src/upgrades/publish-campaign.ts'
import { publish } from '../src/upgrades/publish-job.ts'
import { aCampaign, campaignConfig, dayFromNow } from '../test/campaigns.ts'
import { freshPostgres } from '../test/database.ts'
import { fillUpgradable, upgradable } from '../test/many-upgradable.ts'
import { median, timed } from './registration-fixtures.ts'
import { atMost, report, sizeOfRun } from './report.ts'

const { licenses, customers, rounds } = sizeOfRun({
  check: { licenses: 400, customers: 20, rounds: 1 },
  small: { licenses: 20_000, customers: 1_000, rounds: 7 },
  full: { licenses: 1_000_000, customers: 50_000, rounds: 7 },
})
const config = campaignConfig()
const today = dayFromNow()

const database = await freshPostgres()
const { db } = database
await fillUpgradable(db, { licenses, customers })
const paths = [upgradable.next, upgradable.last].map((to) => ({ from_version_id: upgradable.old, to_version_id: to }))
const { campaign_id, operator } = await aCampaign(db, upgradable, { paths })
const campaign = await getCampaign(db, campaign_id)
const bare = new pg.Client({ connectionString: database.databaseUrl })
await bare.connect()
// As the portal's own connections, so that both have the same plan.
await bare.query('set statement_timeout = 0; set jit = off; set random_page_cost = 1.1')
await bare.query('set max_parallel_workers_per_gather = 0')
const { sql, parameters } = countsOf(campaign_id, today).compile(db)

const [byProduct, alone]: [number[], number[]] = [[], []]
let wrong = 0
for (let round = 0; round < rounds; round += 1) {
  const counts = await timed(byProduct, () => countEligibility(db, campaign_id, today))
  const { rows } = await timed(alone, () => bare.query(sql, [...parameters]))
  const sum = (all: { licenses: number }[]) => all.reduce((total, each) => total + each.licenses, 0)
  if (sum(counts.by_path) !== 2 * licenses || sum(rows) !== 2 * licenses) fail('not every license was counted')
  if (sum(counts.overall) !== licenses) fail('a license was counted twice, or not at all')
}

const pages: number[] = []
for (const reason of [undefined, 'eligible', 'no_maintenance', 'order_cancelled'] as const) {
  let after: string | undefined
  for (let page = 0; page < 5; page += 1) {
    const rows = await timed(pages, () =>
      listEligibility(db, campaign, { reason, path: undefined, after, today, limit: 51 }),
    )
    if (rows.length === 0) break
    after = placeOf(rows.at(-1)!)
  }
}
const csv: number[] = []
const lines = await timed(csv, async () => {
  let count = 0
  const body = previewCsv(db, campaign, { reason: undefined, path: undefined, today }, textsFor('en'))
  for await (const part of body) for (const byte of part) if (byte === 10) count += 1
  return count
})
if (lines !== licenses + 1) fail(`the CSV has ${lines} lines`)

const telling: number[] = []
await publishCampaign(db, operator, { campaign_id, revision: 1 }, config)
await timed(telling, () => publish({ db, config }, campaign_id))
const told = await getCampaign(db, campaign_id)
const { rows: sent } = await bare.query('select count(*)::int as mails from upgrade_notification_mails')
if (told.state !== 'published' || told.progress_done !== told.progress_total) fail('not every customer was told')
await bare.end()
await database.close()

const seconds = (times: number[]) => `${(median(times) / 1000).toFixed(2)} s`
const ratio = median(byProduct) / median(alone)
report({
  id: 'S9',
  work: `eligibility of ${licenses} licenses of ${customers} customers, 2 targets, medians of ${rounds} rounds`,
  figure: seconds(byProduct),
  limit: `${seconds(alone)}, the query alone`,
  ratio,
  target: atMost(1.2, ratio),
})
console.log(`  the first count of all ${(byProduct[0]! / 1000).toFixed(2)} s`)
console.log(`  a page of the list: median ${median(pages).toFixed(1)} ms, slowest ${Math.max(...pages).toFixed(1)} ms`)
console.log(`  the list as CSV: ${seconds(csv)}, ${Math.round(licenses / (csv[0]! / 1000))} lines a second`)
console.log(
  `  ${told.progress_done} customers told with ${sent[0].mails} mails: ${seconds(telling)}, ` +
    `${Math.round(told.progress_done / (telling[0]! / 1000))} customers a second`,
)
process.exitCode ||= wrong > 0 ? 1 : 0

function fail(message: string) {
  wrong += 1
  console.error(`wrong: ${message}`)
}

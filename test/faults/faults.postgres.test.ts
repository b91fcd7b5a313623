/** Small trials of faults on PostgreSQL; `trials.ts` runs them as large as wanted. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { trialOfKills } from './trial-kill.ts'
import { trialOfMail } from './trial-mail.ts'
import { trialOfNodes } from './trial-nodes.ts'
import { trialOfOutages } from './trial-outage.ts'
import { trialOfOverload, trialOfSlowSenders } from './trial-overload.ts'
import { trialOfPublishing } from './trial-publishing.ts'
import { trialOfRaces } from './trial-race.ts'

const patient = { timeout: 600_000 }

test(
  'a node killed under load loses nothing, issues nothing twice and leaves nothing half done',
  patient,
  async (t) => {
    const report = await trialOfKills(t, {
      engine: 'postgres',
      kills: 4,
      buyers: 3,
      each: 300,
      lines: 2000,
      hurry: true,
    })
    assert.equal(report.order_lines, 2000)
  },
)

test(
  'without its database the portal answers 503, and is back within five seconds of its return',
  patient,
  async (t) => {
    const report = await trialOfOutages(t, {
      how: 'cut',
      outages: 1,
      seconds: 2,
      buyers: 3,
      each: 1000,
      to_the_end: false,
    })
    for (const ms of report.back_ms) assert.ok(ms < 5000, `${ms} ms`)
  },
)

test(
  'while the mail server is away mail waits; then each arrives once, in order, but the refused one',
  patient,
  async (t) => {
    assert.equal((await trialOfMail(t, { seconds: 2, registrations: 12, hurry: true })).parked, 1)
  },
)

test(
  'sixteen contenders for one license or for the last key of a pool: one wins, on two nodes too',
  patient,
  async (t) => {
    assert.equal((await trialOfRaces(t, 12)).winners, 12)
  },
)

test('two nodes and a worker share sessions, limits and jobs; killing some of them loses none', patient, async (t) => {
  const report = await trialOfNodes(t, { kills: 1, buyers: 3, each: 1000, hurry: true })
  assert.equal(report.large, 1)
})

test(
  'a campaign whose publishing is killed in the middle tells every customer, and nobody twice',
  patient,
  async (t) => {
    const report = await trialOfPublishing(t, { kills: 3, customers: 1500, hurry: true })
    assert.ok(report.kills > 0)
  },
)

test(
  'asked for twice what it can do, the portal answers in part, sheds the rest and loses nothing',
  patient,
  async (t) => {
    const report = await trialOfOverload(t, { seconds: 3 })
    assert.ok(report.shed > 0)
  },
)

test('who sends forms slowly takes nobody else the place', patient, async (t) => {
  assert.equal((await trialOfSlowSenders(t, { senders: 120, to_the_end: false })).forms, 20)
})

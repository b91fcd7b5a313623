/**
 * The trials of faults, as large as wanted; small ones of each run with the tests.
 * Usage: node --import ./tools/tsx.ts test/faults/trials.ts [--full] [--times N] [NAME…]
 * `--times` says how often: kills, outages, rounds, backups.
 * With `TRIAL_POOLER=HOST:PORT` in the environment, portals reach PostgreSQL through a pooler of transactions there.
 * Ends with 1 as soon as a promise is broken. R2 (fsync, a second process) is tested in src/platform/db.
 */
import process from 'node:process'
import { parseArgs } from 'node:util'
import { isInstalled } from './failover/stand.ts'
import { trialOfFailover } from './failover/trial-failover.ts'
import type { Scope } from './place.ts'
import { trialOfBackups } from './trial-backup.ts'
import { trialOfFullDisk } from './trial-disk.ts'
import { trialOfKills } from './trial-kill.ts'
import { trialOfMail } from './trial-mail.ts'
import { trialOfNodes } from './trial-nodes.ts'
import { trialOfOutages } from './trial-outage.ts'
import { trialOfOverload, trialOfSlowSenders } from './trial-overload.ts'
import { trialOfPublishing } from './trial-publishing.ts'
import { trialOfRaces } from './trial-race.ts'

const options = { full: { type: 'boolean' }, times: { type: 'string' } } as const
const { values, positionals } = parseArgs({ options, allowPositionals: true })
const full = values.full ?? false
const often = (usual: number) => Number(values.times ?? usual)
const tell = (line: string) => console.log(`  ${line}`)

const kills = full
  ? { kills: often(100), buyers: 6, each: 6000, lines: 60_000, hurry: false }
  : { kills: often(5), buyers: 4, each: 600, lines: 4000, hurry: true }
const outages = full
  ? { outages: often(10), seconds: 15, buyers: 8, each: 20_000, to_the_end: true }
  : { outages: often(2), seconds: 3, buyers: 4, each: 3000, to_the_end: false }
const nodes = full
  ? { kills: often(10), buyers: 6, each: 20_000, hurry: false }
  : { kills: often(2), buyers: 4, each: 3000, hurry: true }
const mail = full ? { seconds: 180, registrations: 300, hurry: false } : { seconds: 3, registrations: 18, hurry: true }
const backups = full ? { backups: often(5), buyers: 6, each: 10_000 } : { backups: often(1), buyers: 3, each: 1000 }

const publishing = full
  ? { kills: often(20), customers: 20_000, hurry: false }
  : { kills: often(3), customers: 1500, hurry: true }

const failover = full
  ? { losses: repeated(['kill', 'freeze', 'switch'] as const, often(5)), buyers: 6, each: 20_000 }
  : { losses: repeated(['kill', 'freeze', 'switch'] as const, often(1)), buyers: 4, each: 5000 }

const trials: Record<string, (t: Scope) => Promise<object>> = {
  'R1-embedded': (t) => trialOfKills(t, { ...kills, engine: 'embedded', tell }),
  'R1-postgres': (t) => trialOfKills(t, { ...kills, engine: 'postgres', tell }),
  R3: (t) => trialOfOutages(t, { ...outages, how: 'cut', tell }),
  'R3-stopped': (t) => trialOfOutages(t, { ...outages, how: 'stop', tell }),
  'R3-crashed': (t) => trialOfOutages(t, { ...outages, how: 'crash', tell }),
  R4: (t) => trialOfMail(t, mail),
  R5: (t) => trialOfRaces(t, often(full ? 1000 : 20)),
  R8: (t) => trialOfOverload(t, { seconds: full ? 60 : 5, tell }),
  'R8-slow': (t) => trialOfSlowSenders(t, { senders: 200, to_the_end: full }),
  R9: (t) => trialOfNodes(t, { ...nodes, tell }),
  'R11-embedded': (t) => trialOfBackups(t, { ...backups, engine: 'embedded' }),
  'R11-postgres': (t) => trialOfBackups(t, { ...backups, engine: 'postgres' }),
  publishing: (t) => trialOfPublishing(t, { ...publishing, tell }),
  disk: trialOfFullDisk,
  failover: (t) => trialOfFailover(t, { ...failover, tell }),
}

const unknown = positionals.filter((name) => !Object.hasOwn(trials, name))
if (unknown.length > 0) {
  console.error(`there is no trial ${unknown.join(', ')}; there are ${Object.keys(trials).join(', ')}`)
  process.exit(2)
}
for (const name of positionals.length > 0 ? positionals : Object.keys(trials).filter(isPossible)) {
  console.log(`${name}, ${full ? 'full' : 'small'}, Node ${process.version}`)
  const begun = performance.now()
  const report = await within((t) => trials[name]!(t))
  console.log(`${name} passed in ${Math.round((performance.now() - begun) / 1000)} s: ${JSON.stringify(report)}`)
}

/** Mounting a file system is for root; a failover needs programs that few machines have. */
function isPossible(name: string): boolean {
  if (name === 'failover') return isInstalled()
  return name !== 'disk' || process.getuid?.() === 0
}

function repeated<T>(all: readonly T[], times: number): T[] {
  return Array.from({ length: times }, () => all).flat()
}

/** What a trial leaves behind is removed, as after a test. */
async function within<T>(work: (t: Scope) => Promise<T>): Promise<T> {
  const after: (() => Promise<void> | void)[] = []
  try {
    return await work({ after: (done) => void after.push(done) })
  } finally {
    for (let done = after.shift(); done; done = after.shift()) await done()
  }
}

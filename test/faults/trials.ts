/**
 * The trials of faults, as large as wanted; small ones of each run with the tests. `npm run trials` runs all of them and
 * makes a table of what they found.
 * Usage: node --import ./tools/tsx.ts test/faults/trials.ts [--full] [--times N] [NAME…]
 * `--times` says how often: kills, outages, rounds, backups.
 * With `TRIAL_POOLER=HOST:PORT` in the environment, portals reach PostgreSQL through a pooler of transactions there.
 * Ends with 1 as soon as a promise is broken.
 */
import { globSync } from 'node:fs'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { report } from '../../bench/report.ts'
import { projectRoot } from '../../src/platform/root.ts'
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
import { trialOfTests } from './trial-tests.ts'

const options = { full: { type: 'boolean' }, times: { type: 'string' }, write: { type: 'boolean' } } as const
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
const overload = { seconds: full ? 60 : 5, tell }
const inputs = String(full ? 100_000 : 2_000)

const failover = full
  ? { losses: repeated(['kill', 'freeze', 'switch'] as const, often(5)), buyers: 6, each: 20_000 }
  : { losses: repeated(['kill', 'freeze', 'switch'] as const, often(1)), buyers: 4, each: 5000 }

type Trial = {
  /** What is done to the portal. */
  work: string
  target: string
  /** @returns how often, and what was seen. @throws Error for a broken promise. */
  run(t: Scope): Promise<string>
}

const killTarget = 'what was acknowledged is there, nothing twice, history and mails complete'
const outageTarget = '503 with Retry-After meanwhile, back within 5 s, nothing lost'

const trials: Record<string, Trial> = {
  'R1-embedded': { work: 'kill -9 of the server under load, embedded', target: killTarget, run: kill('embedded') },
  'R1-postgres': { work: 'kill -9 of the server under load, PostgreSQL', target: killTarget, run: kill('postgres') },
  R2: {
    work: 'embedded: fsync counted, second process refused, kill -9 after commits',
    target: 'nothing acknowledged lost',
    run: tests(['src/platform/db/embedded']),
  },
  R3: { work: 'connections to PostgreSQL cut under load', target: outageTarget, run: outage('cut') },
  'R3-stopped': { work: 'PostgreSQL stopped and started under load', target: outageTarget, run: outage('stop') },
  'R3-crashed': { work: 'PostgreSQL crashed and started under load', target: outageTarget, run: outage('crash') },
  R4: {
    work: `mail server away for ${mail.seconds} s, one recipient refused`,
    target: 'each mail once, in order per recipient; the refused one parked',
    run: async (t) => {
      const { registrations, mails, parked, delivered_after_s } = await trialOfMail(t, mail)
      return `${registrations} registrations, ${mails} mails, ${parked} parked, all out ${delivered_after_s} s after its return`
    },
  },
  R5: {
    work: '16 contenders for one license or the last key of a pool, PostgreSQL',
    target: 'one winner each round',
    run: async (t) => {
      const { rounds, winners, refused } = await trialOfRaces(t, often(full ? 1000 : 20))
      return `${rounds} rounds, ${winners} winners, ${refused} refused`
    },
  },
  'R5-others': {
    work: 'contenders for vouchers, quantities, invitations and other limits, PostgreSQL',
    target: 'no limit is passed',
    run: tests(races()),
  },
  R6: {
    work: 'fuzzing of the license library, tables and lists of serial numbers',
    target: 'no crash, no hang, no wrong acceptance',
    run: tests(
      [
        'license/src/properties',
        'license/src/json',
        'license/src/host',
        'src/platform/tables',
        'licenses/read-serials',
      ],
      { FUZZ: inputs, FUZZ_RUNS: inputs },
    ),
  },
  R7: {
    work: 'every route as everybody: anonymous, stranger, each role, grantee, operators',
    target: 'as declared',
    run: tests(['test/authorisation', 'test/security/every-route']),
  },
  R8: {
    work: `twice the capacity asked for ${overload.seconds} s, people registering beside`,
    target: 'sheds with 503 and Retry-After, recovers at once',
    run: async (t) => {
      const seen = await trialOfOverload(t, overload)
      return (
        `${seen.asked} pages a second asked: ${seen.accepted} accepted (p99 ${seen.accepted_p99_ms} ms), ` +
        `${seen.shed} shed, good again after ${seen.recovered_ms} ms`
      )
    },
  },
  'R8-slow': {
    work: '200 who send forms slowly, half of them from one address',
    target: 'pages and forms of others go on',
    run: async (t) => {
      const seen = await trialOfSlowSenders(t, { senders: 200, to_the_end: full })
      return `${seen.refused} refused; ${seen.pages} pages and ${seen.forms} forms of others`
    },
  },
  R9: {
    work: 'two nodes and a worker; a node and the worker killed',
    target: 'no job lost or doubled; limits and sessions shared',
    run: async (t) => {
      const seen = await trialOfNodes(t, { ...nodes, tell })
      return `${seen.kills.nodes} kills, ${seen.registrations} registrations, ${seen.mails} mails`
    },
  },
  R10: {
    work: 'script, mark-up, formulas, bidi and 10 kB in every field, in a browser',
    target: 'shown as text, CSP never triggered',
    run: tests(['test/hostile-content']),
  },
  'R11-embedded': backup('embedded'),
  'R11-postgres': backup('postgres'),
  publishing: {
    work: 'a worker killed while a campaign is published',
    target: 'every customer told, nobody twice',
    run: async (t) => {
      const seen = await trialOfPublishing(t, { ...publishing, tell })
      return `${seen.kills} kills, ${seen.customers} customers`
    },
  },
  disk: {
    work: 'the disk of the embedded database fills up during an import, and is made larger',
    target: 'refuses clearly, goes on by itself, nothing lost',
    run: async (t) => {
      const { refused, registrations } = await trialOfFullDisk(t)
      return `1 time, ${refused} requests refused, ${registrations} registrations`
    },
  },
  failover: {
    work: 'two nodes behind a balancer; the leading PostgreSQL under Patroni killed, frozen, and changed in order, under load',
    target: 'nothing acknowledged lost',
    run: async (t) => {
      const { writes_failed_s: failed, refused, registrations } = await trialOfFailover(t, { ...failover, tell })
      const longest = (seconds: number[]) => `${Math.max(...seconds)} s`
      return (
        `writes failed for ${longest(failed.kill)} (killed), ${longest(failed.freeze)} (frozen), ` +
        `${longest(failed.switch)} (in order) at most; ${refused} requests refused, ${registrations} registrations`
      )
    },
  },
}

/** Names of all trials that may run here: mounting a file system is for root; a failover needs programs that few machines have. */
export function possibleTrials(): string[] {
  const impossible = [...(process.getuid?.() === 0 ? [] : ['disk']), ...(isInstalled() ? [] : ['failover'])]
  return Object.keys(trials).filter((name) => !impossible.includes(name))
}

if (import.meta.main) process.exitCode = await main()

async function main(): Promise<number> {
  const unknown = positionals.filter((name) => !Object.hasOwn(trials, name))
  if (unknown.length > 0) {
    console.error(`there is no trial ${unknown.join(', ')}; there are ${Object.keys(trials).join(', ')}`)
    return 2
  }
  for (const name of positionals.length > 0 ? positionals : possibleTrials()) {
    if (!(await runTrial(name, trials[name]!))) return 1
  }
  return 0
}

async function runTrial(name: string, { work, target, run }: Trial): Promise<boolean> {
  console.log(`${name}, ${full ? 'full' : 'small'}`)
  const id = name.split('-')[0]!
  try {
    const figure = await within(run)
    report({ id, work, figure, limit: '0', target: { text: target, met: true } })
    return true
  } catch (error) {
    console.error(error)
    const [line = ''] = String(error instanceof Error ? error.message : error).split('\n')
    report({ id, work, figure: 'ended early', limit: line.slice(0, 200), target: { text: target, met: false } })
    return false
  }
}

function kill(engine: 'embedded' | 'postgres'): Trial['run'] {
  return async (t) => {
    const seen = await trialOfKills(t, { ...kills, engine, tell })
    return (
      `${seen.kills} kills, ${seen.registrations} registrations, ${seen.order_lines} imported lines, ` +
      `${seen.mails} mails (${seen.mails_sent_again} sent again)`
    )
  }
}

function outage(how: 'cut' | 'stop' | 'crash'): Trial['run'] {
  return async (t) => {
    const seen = await trialOfOutages(t, { ...outages, how, tell })
    const slowest = Math.max(...seen.back_ms)
    if (slowest > 5000) throw new Error(`back only after ${slowest} ms`)
    return `${seen.outages} outages, ${seen.refused} requests refused, back after ${slowest} ms at most, ${seen.registrations} registrations`
  }
}

function backup(engine: 'embedded' | 'postgres'): Trial {
  return {
    work: `backup under load, ${engine === 'embedded' ? 'embedded' : 'PostgreSQL'}, restored into an empty place of each engine`,
    target: 'identical counts, audit chain verified',
    run: async (t) => {
      const seen = await trialOfBackups(t, { ...backups, engine })
      return `${seen.backups} backups, ${seen.rows.at(-1)} rows, ${seen.registrations} registrations`
    },
  }
}

/** Whatever races on real connections beside its module. */
function races(): string[] {
  return globSync('src/*/*.postgres.test.ts', { cwd: projectRoot }).filter((file) => !file.includes('plans'))
}

function tests(paths: string[], env: Record<string, string> = {}): Trial['run'] {
  return async () => `${(await trialOfTests(paths, env)).tests} tests`
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

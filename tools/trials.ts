/**
 * `npm run trials`: every trial of test/faults/trials.ts at small size, one after another, and one table of all results.
 * Names choose, `--full` makes them as large as promised, `--times N` says how often: kills, outages, rounds, backups.
 * `--write` keeps the results in docs/BENCHMARKS.md. Exits 1 when a promise was broken.
 */
import process from 'node:process'
import { parseArgs } from 'node:util'
import { possibleTrials } from '../test/faults/trials.ts'
import { build } from './build.ts'
import { runAll } from './results.ts'

const flags = { full: { type: 'boolean' }, times: { type: 'string' }, write: { type: 'boolean' } } as const
const { values, positionals } = parseArgs({ options: flags, allowPositionals: true })
const options = [...(values.full ? ['--full'] : []), ...(values.times ? ['--times', values.times] : [])]
await build()
const runs = (positionals.length > 0 ? positionals : possibleTrials()).map((name) => {
  const command = ['npm run trials --', name, ...options].join(' ')
  return { name, script: 'test/faults/trials.ts', options: [...options, name], command }
})
process.exitCode = await runAll('trials', runs, values.write ?? false)

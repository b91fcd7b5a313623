/**
 * S10: from the command to a portal that answers /readyz, in an installed and built clone, beside an empty Node
 * process that listens, alternating. Production on PostgreSQL with its schema; the demo with its data; the very first
 * demo, which makes them.
 * Usage: node --import ./tools/tsx.ts bench/cold-start.ts [--full]
 */
import { spawn } from 'node:child_process'
import process from 'node:process'
import { median, newDataDir, productionOnPostgres, startPortal, stopPortal } from './processes.ts'
import { atMost, report, sizeOfRun } from './report.ts'

const { rounds } = sizeOfRun({ check: { rounds: 1 }, small: { rounds: 3 }, full: { rounds: 15 } })
const port = 3977

const production = await productionOnPostgres()
const demo = newDataDir()
const times: Record<string, number[]> = { 'empty process': [], production: [], demo: [] }

const first = await startPortal(port, { DATA_DIR: demo.DATA_DIR }, ['serve', '--demo'])
await stopPortal(first)
for (let round = 0; round < rounds; round++) {
  times['empty process']!.push(await startEmptyProcess())
  for (const [name, env, argv] of [
    ['production', production.env, ['serve']],
    ['demo', { DATA_DIR: demo.DATA_DIR }, ['serve', '--demo']],
  ] as const) {
    const portal = await startPortal(port, env, [...argv])
    times[name]!.push(portal.ready_ms)
    await stopPortal(portal)
  }
}
await production.close()
demo.remove()

const limit = `${inSeconds(median(times['empty process']!))}, an empty Node process`
for (const [name, bound] of [
  ['production', 1.5],
  ['demo', 4],
] as const) {
  const took = median(times[name]!)
  const work = `start to ready, ${name}, medians of ${rounds}`
  report({ id: 'S10', work, figure: inSeconds(took), limit, target: atMost(bound, took / 1000, 's') })
}
console.log(`  the very first demo, which makes its data: ${inSeconds(first.ready_ms)}`)

/** The least that any Node server needs to answer. */
function startEmptyProcess(): Promise<number> {
  const began = performance.now()
  const code = `require('node:http').createServer().listen(${port}, '127.0.0.1', () => process.stdout.write('.'))`
  const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
  return new Promise((resolve) => {
    child.stdout.once('data', () => {
      const took = performance.now() - began
      child.once('exit', () => resolve(took))
      child.kill()
    })
  })
}

function inSeconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`
}

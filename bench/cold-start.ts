/**
 * S10: from the command to a portal that answers /readyz, in an installed and built clone, beside an empty Node
 * process that listens, alternating. Production on PostgreSQL with its schema; the demo with its data; the very first
 * demo, which makes them.
 * Usage: node --import ./tools/tsx.ts bench/cold-start.ts [--full]
 */
import { spawn } from 'node:child_process'
import process from 'node:process'
import { median, newDataDir, productionOnPostgres, startPortal, stopPortal } from './processes.ts'

const rounds = process.argv.includes('--full') ? 15 : 3
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

console.log(`S10 cold start: command to ready, medians of ${rounds} rounds, Node ${process.version}`)
for (const [name, values] of Object.entries(times)) console.log(`  ${name.padEnd(16)} ${inSeconds(median(values))}`)
console.log(`  ${'first demo'.padEnd(16)} ${inSeconds(first.ready_ms)}   (once, with its data)`)
console.log('to reach: production 1.5 s, demo 4 s')

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

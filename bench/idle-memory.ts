/**
 * S11: resident memory of a portal that has answered a few pages and is idle, beside an empty Node process, alternating:
 * production on PostgreSQL, and the embedded engine.
 * Usage: node --import ./tools/tsx.ts bench/idle-memory.ts [--full]
 */
import { spawn } from 'node:child_process'
import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { median, newDataDir, productionOnPostgres, residentMegabytes, startPortal, stopPortal } from './processes.ts'

const [rounds, idle_seconds] = process.argv.includes('--full') ? [5, 60] : [1, 10]
const port = 3978
const sizes: Record<string, number[]> = { 'empty process': [], PostgreSQL: [], embedded: [] }

const production = await productionOnPostgres()
const embedded = newDataDir()
for (let round = 0; round < rounds; round++) {
  sizes['empty process']!.push(await measureEmptyProcess())
  sizes.PostgreSQL!.push(await measurePortal(production.env))
  sizes.embedded!.push(await measurePortal({ DATA_DIR: embedded.DATA_DIR }))
}
await production.close()
embedded.remove()

console.log(
  `S11 idle memory: resident, ${idle_seconds} s after 50 pages, medians of ${rounds} rounds, Node ${process.version}`,
)
for (const [name, values] of Object.entries(sizes)) console.log(`  ${name.padEnd(16)} ${median(values).toFixed(0)} MB`)
console.log('to reach: PostgreSQL 150 MB, embedded 350 MB')

async function measurePortal(env: Record<string, string>): Promise<number> {
  const portal = await startPortal(port, env)
  for (let page = 0; page < 50; page++) {
    const answer = await fetch(`${portal.url}/login`, { headers: { accept: 'text/html' } })
    if (answer.status !== 200) throw new Error(`/login answered ${answer.status}`)
    await answer.text()
  }
  await wait(idle_seconds * 1000)
  const size = residentMegabytes(portal.child.pid!)
  await stopPortal(portal)
  return size
}

async function measureEmptyProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
  await wait(1000)
  const size = residentMegabytes(child.pid!)
  child.kill()
  return size
}

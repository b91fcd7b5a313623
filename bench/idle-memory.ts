/**
 * S11: resident memory of a portal that has answered a few pages and is idle, beside an empty Node process, alternating:
 * production on PostgreSQL, and the embedded engine.
 * Usage: node --import ./tools/tsx.ts bench/idle-memory.ts [--full]
 */
import { spawn } from 'node:child_process'
import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { median, newDataDir, productionOnPostgres, residentMegabytes, startPortal, stopPortal } from './processes.ts'
import { atMost, report, sizeOfRun } from './report.ts'

const { rounds, idle_seconds } = sizeOfRun({
  check: { rounds: 1, idle_seconds: 1 },
  small: { rounds: 1, idle_seconds: 10 },
  full: { rounds: 5, idle_seconds: 60 },
})
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

const limit = `${median(sizes['empty process']!).toFixed(0)} MB, an empty Node process`
for (const [name, bound] of [
  ['PostgreSQL', 150],
  ['embedded', 350],
] as const) {
  const size = median(sizes[name]!)
  const work = `resident memory, ${name}, ${idle_seconds} s after 50 pages`
  report({ id: 'S11', work, figure: `${size.toFixed(0)} MB`, limit, target: atMost(bound, size, 'MB') })
}

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

/** Whole portals as processes, for the benchmarks of start and memory. */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { projectRoot } from '../src/platform/root.ts'
import { freshPostgres } from '../test/database.ts'

export type Portal = { child: ChildProcess; url: string; ready_ms: number }

const program = join(projectRoot, 'dist', 'cli.js')

/** A new data directory, and what removes it. */
export function newDataDir(): { DATA_DIR: string; remove(): void } {
  const DATA_DIR = mkdtempSync(join(tmpdir(), 'keyport-bench-'))
  return { DATA_DIR, remove: () => rmSync(DATA_DIR, { recursive: true, force: true }) }
}

/** Settings of a production portal over a fresh migrated PostgreSQL database. */
export async function productionOnPostgres() {
  const { databaseUrl, db, close } = await freshPostgres()
  const env = {
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    BASE_URL: 'http://localhost',
    SECRET: randomBytes(32).toString('hex'),
    KEY_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    SMTP_URL: 'smtp://127.0.0.1:1',
  }
  return { env, db, close }
}

/** Starts a portal and waits until /readyz says so. */
export async function startPortal(port: number, env: Record<string, string>, argv = ['serve']): Promise<Portal> {
  const began = performance.now()
  const child = spawn(process.execPath, [program, ...argv], {
    env: { PATH: process.env.PATH ?? '', LOG_LEVEL: 'error', PORT: String(port), ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const url = `http://127.0.0.1:${port}`
  while (!(await isReady(url))) {
    if (child.exitCode !== null) throw new Error(`the portal ended with ${child.exitCode}`)
    await wait(5)
  }
  return { child, url, ready_ms: performance.now() - began }
}

export async function stopPortal({ child }: Portal): Promise<void> {
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const exit = await ended
  if (exit !== 0) throw new Error(`the portal ended with ${exit} after SIGTERM`)
}

/** Resident memory of a process in megabytes, as the system counts it. */
export function residentMegabytes(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) / 1024
}

/** User and system time of all threads of a process so far. Ticks are 10 ms on Linux: measure over much work. */
export function cpuMilliseconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).ok
  } catch {
    return false
  }
}

export function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}

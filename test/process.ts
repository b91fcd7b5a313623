import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { projectRoot } from '../src/platform/root.ts'
import { build } from '../tools/build.ts'

type Scope = { after(done: () => Promise<void> | void): void }
type Environment = Record<string, string>

/** An empty data directory, removed when the test is over. */
export function aDataDir(t: Scope): string {
  const data_dir = mkdtempSync(join(tmpdir(), 'keyport-data-'))
  t.after(() => rmSync(data_dir, { recursive: true, force: true }))
  return data_dir
}

/** Starts the built command line as a process of its own, with nothing of this run's environment but the path. */
export async function startKeyport(argv: string[], env: Environment, cwd = tmpdir()): Promise<ChildProcess> {
  await build()
  const { PATH = '' } = process.env
  return spawn(process.execPath, [join(projectRoot, 'dist', 'cli.js'), ...argv], { cwd, env: { PATH, ...env } })
}

/** Runs a command to its end. */
export async function keyport(argv: string[], env: Environment, cwd?: string) {
  const child = await startKeyport(argv, env, cwd)
  const [stdout, stderr, exit] = await Promise.all([text(child.stdout!), text(child.stderr!), exitOf(child)])
  return { exit, stdout, stderr }
}

/** The exit code, or the name of the signal that ended the process. */
export function exitOf(child: ChildProcess): Promise<number | string> {
  const ended = child.exitCode ?? child.signalCode
  if (ended !== null) return Promise.resolve(ended)
  return new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal ?? 'unknown')))
}

/** A running portal of its own. It is killed when the test is over, if it still runs. */
export async function aServer(t: Scope, env: Environment, argv = ['serve']) {
  const port = await freePort()
  const child = await startKeyport(argv, { PORT: String(port), ...env })
  t.after(async () => {
    child.kill('SIGKILL')
    await exitOf(child)
  })
  const output: string[] = []
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk) => output.push(String(chunk)))
  const url = `http://127.0.0.1:${port}`
  const began = Date.now()
  while (!(await isReady(url))) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${output.join('')}`)
    if (Date.now() - began > 180_000) throw new Error(`the server is not ready:\n${output.join('')}`)
    await wait(50)
  }
  return { child, url, port, output: () => output.join('') }
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).status === 200
  } catch {
    return false
  }
}

/** A port of this machine that nobody listens on just now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

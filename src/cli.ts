/** The command line `keyport`: which command, and in which process it runs. */
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { guarded, runCommand, serviceCommands } from './commands.ts'
import type { CommandIo } from './platform/command.ts'
import { type Config, readConfig } from './platform/config.ts'
import { projectRoot } from './platform/root.ts'

type Summary = { usage: string; summary: string }

type Process = (config: Config, argv: string[], io: CommandIo) => Promise<number>

/** Commands that open the database themselves, never inside a running server. */
const processes: Record<string, Summary & { load(): Promise<Process> }> = {
  serve: {
    usage: 'serve [--demo]',
    summary: 'Runs the portal, with a worker for its jobs unless WORKER=off',
    load: async () => serveAsAsked,
  },
  worker: {
    usage: 'worker',
    summary: 'Runs jobs only, beside portals with WORKER=off',
    load: async () => (await import('./worker.ts')).work,
  },
  restore: {
    usage: 'restore FILE',
    summary: 'Brings a backup into an empty database, with the portal stopped',
    load: async () => (await import('./platform/backup-command.ts')).restoreCommand,
  },
}

/** Commands that need neither a database nor a configuration; a root key is made where there is neither. */
const standalone: Record<string, Summary & { load(): Promise<(argv: string[], io: CommandIo) => Promise<number>> }> = {
  demo: {
    usage: 'demo orders --lines N',
    summary: 'An order file of believable lines, to try or measure an import',
    load: async () => (await import('./demo/index.ts')).demoCommand,
  },
  verify: {
    usage: 'verify FILE --keys JWKS_FILE',
    summary: 'Checks a license file or signed key, offline',
    load: async () => (await import('./keys/verify-file-cli.ts')).verifyFileCli,
  },
  'signing-keys root': {
    usage: 'signing-keys root --out FILE',
    summary: 'Makes a root key, which vouches for signing keys and stays offline',
    load: async () => (await import('./keys/root-key-cli.ts')).makeRootKeyCli,
  },
  'signing-keys sign-jwks': {
    usage: 'signing-keys sign-jwks',
    summary: 'Signs the list of signing keys with the root key',
    load: async () => (await import('./keys/root-key-cli.ts')).signJwksCli,
  },
}

/** Runs one command line. @returns the exit code: 0 done, 1 refused or failed, 2 called wrongly, 78 misconfigured. */
export async function runCli(argv: string[], io: CommandIo): Promise<number> {
  const [name = 'help', ...rest] = argv
  const pair = `${name} ${rest[0]}`
  if (Object.hasOwn(standalone, pair)) return runCli([pair, ...rest.slice(1)], io)
  if (Object.hasOwn(standalone, name)) return guarded(io, async () => (await standalone[name]!.load())(rest, io))
  if (Object.hasOwn(processes, name))
    return withConfig(io, async (config) => (await processes[name]!.load())(config, rest, io))
  if (Object.hasOwn(serviceCommands, name)) return withConfig(io, (config) => runWithServices(config, argv, io))
  return showHelp(name, io)
}

async function serveAsAsked(config: Config, argv: string[]): Promise<number> {
  const { demo } = parseArgs({ args: argv, options: { demo: { type: 'boolean' } } }).values
  if (demo) return (await import('./serve-demo.ts')).serveDemo(config)
  return (await import('./server.ts')).serve(config)
}

async function withConfig(io: CommandIo, work: (config: Config) => Promise<number>): Promise<number> {
  const given = readConfig(process.env)
  if (given.ok) return guarded(io, () => work(given.config))
  for (const problem of given.problems) io.stderr.write(`keyport: ${problem}\n`)
  io.stderr.write('keyport: docs/configuration.md explains every setting\n')
  return 78
}

/** Inside the server while that has the embedded database open, else here. */
async function runWithServices(config: Config, argv: string[], io: CommandIo): Promise<number> {
  if (!config.database_url) {
    const { callControl } = await import('./platform/control.ts')
    const exit = await callControl(config, argv, io)
    if (exit !== undefined) return exit
  }
  const { openServices } = await import('./platform/services.ts')
  const { createLog } = await import('./platform/log.ts')
  const services = await openServices(config, createLog(process.env.LOG_LEVEL || 'warn', io.stderr))
  try {
    return await runCommand(services, argv, io)
  } finally {
    await services.close()
  }
}

function showHelp(name: string, io: CommandIo): number {
  const asked = ['help', '--help', '-h'].includes(name)
  const all = [...Object.values(processes), ...Object.values(serviceCommands), ...Object.values(standalone)]
  const width = Math.max(...all.map(({ usage }) => usage.length))
  const lines = all.map(({ usage, summary }) => `  keyport ${usage.padEnd(width)}  ${summary}\n`)
  if (!asked) io.stderr.write(`keyport: there is no command ${name}\n\n`)
  const to = asked ? io.stdout : io.stderr
  to.write(`Usage: keyport COMMAND …\n\n${lines.join('')}\nkeyport COMMAND --help explains one command.\n`)
  return asked ? 0 : 2
}

/** Runs the command line of this process. */
export async function main(argv: string[]): Promise<void> {
  enableCompileCache(join(projectRoot, 'dist', 'cache'))
  const { stdout, stderr } = process
  stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  const interrupted = new AbortController()
  process.once('SIGINT', () => interrupted.abort())
  process.exitCode = await runCli(argv, { stdout, stderr, cwd: process.cwd(), signal: interrupted.signal })
}

if (import.meta.main) await main(process.argv.slice(2))

/** The commands that work on the portal's services: in a process of their own, or inside the server. */
import type { Command, CommandIo } from './platform/command.ts'
import type { Services } from './platform/services.ts'

type Entry = { usage: string; summary: string; load(): Promise<Command> }

/** Loaded only when called: the command line starts fast, whatever the commands need. */
export const serviceCommands: Readonly<Record<string, Entry>> = {
  migrate: {
    usage: 'migrate',
    summary: 'Brings the database up to date; starting the portal does so as well',
    load: async () => (await import('./platform/migrate-command.ts')).migrateCommand,
  },
  backup: {
    usage: 'backup FILE',
    summary: 'Writes everything in the database to a file, while the portal works',
    load: async () => (await import('./platform/backup-command.ts')).backupCommand,
  },
  audit: {
    usage: 'audit verify|checkpoint',
    summary: 'Whether the history of licenses is whole and unchanged',
    load: async () => (await import('./platform/history/index.ts')).auditCommand,
  },
  campaigns: {
    usage: 'campaigns list|create|preview|publish|pause|resume|end|report',
    summary: 'Upgrade campaigns: which licenses may move to a new version',
    load: async () => (await import('./upgrades/index.ts')).campaignsCommand,
  },
  jobs: {
    usage: 'jobs list|retry',
    summary: 'What waits, runs and failed; one more try for a failed job',
    load: async () => (await import('./platform/jobs/index.ts')).jobsCommand,
  },
  licenses: {
    usage: 'licenses register|revoke SERIAL…',
    summary: 'Registers serial numbers for a user and writes their keys; withdraws licenses for good',
    load: licensesCommand,
  },
  mail: {
    usage: 'mail list|retry',
    summary: 'Mail that waits or was refused for good; one more try for it',
    load: async () => (await import('./platform/mail/index.ts')).mailCommand,
  },
  operator: {
    usage: 'operator create|reset-second-factor --email EMAIL',
    summary: "Accounts of the vendor's staff; help for whoever lost the second factor",
    load: async () => (await import('./accounts/index.ts')).operatorCommand,
  },
  orders: {
    usage: 'orders import FILE',
    summary: 'Order lines from CSV or XLSX, each becoming a license',
    load: async () => (await import('./orders/index.ts')).ordersCommand,
  },
  releases: {
    usage: 'releases list|create|upload|publish|withdraw|terms|key',
    summary: 'What people may download: files of product versions',
    load: async () => (await import('./downloads/index.ts')).releasesCommand,
  },
  'signing-keys': {
    usage: 'signing-keys list|jwks|create|rotate|retire|publish',
    summary: 'The keys that sign license files',
    load: async () => (await import('./keys/signing-keys-cli.ts')).signingKeysCommand,
  },
}

async function licensesCommand(): Promise<Command> {
  const { licensesCommand: register } = await import('./registration/index.ts')
  const { revokeCommand: revoke } = await import('./deployments/index.ts')
  return (services, argv, io) => (argv[0] === 'revoke' ? revoke : register)(services, argv, io)
}

/** Runs one of them. @returns the exit code: 0 done, 1 refused or failed, 2 called wrongly. */
export function runCommand(services: Services, argv: string[], io: CommandIo): Promise<number> {
  const [name = '', ...rest] = argv
  return guarded(io, async () => {
    if (!Object.hasOwn(serviceCommands, name)) throw new TypeError(`the server knows no command ${name}`)
    const command = await serviceCommands[name]!.load()
    return command(services, rest, io)
  })
}

/** Every failure becomes a line and an exit code; what nobody foresaw keeps its stack. */
export async function guarded(io: CommandIo, work: () => Promise<number>): Promise<number> {
  try {
    return await work()
  } catch (error) {
    const { name, message, stack, code = '' } = error as NodeJS.ErrnoException
    const foreseen = namesForeseen.includes(name) || codesForeseen.test(code)
    io.stderr.write(`keyport: ${foreseen ? message : stack}\n`)
    if (name === 'ConfigProblem') return 78
    return code.startsWith('ERR_PARSE_ARGS') ? 2 : 1
  }
}

const namesForeseen = [
  'AppError',
  'ConfigProblem',
  'DatabaseUnavailable',
  'DatabaseLocked',
  'MigrationRefused',
  'RestoreRefused',
]
/** Wrong arguments, and what the system says about files, ports and hosts. */
const codesForeseen = /^(ERR_PARSE_ARGS_\w+|E[A-Z]+)$/

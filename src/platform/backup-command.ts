import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { CommandIo } from './command.ts'
import type { Config } from './config.ts'
import { backupDatabase, restoreDatabase } from './db/index.ts'
import { openConfiguredDatabase, type Services } from './services.ts'

const usage = {
  backup: `Usage: keyport backup FILE

Writes everything in the database to FILE, as of one moment, while the portal goes on working.
Neither SECRET nor the key-encryption key is in it.
`,
  restore: `Usage: keyport restore FILE

Brings a backup into an empty database, with the portal stopped.
`,
}

/** `keyport backup FILE` */
export async function backupCommand(services: Services, argv: string[], io: CommandIo): Promise<number> {
  const file = fileIn('backup', argv, io)
  if (typeof file !== 'string') return file.exit
  const { tables, rows } = await backupDatabase(services.database, file)
  io.stdout.write(`${file}: ${rows} rows of ${tables} tables\n`)
  return 0
}

/** `keyport restore FILE`: opens the database itself, since opening the services would already write to it. */
export async function restoreCommand(config: Config, argv: string[], io: CommandIo): Promise<number> {
  const file = fileIn('restore', argv, io)
  if (typeof file !== 'string') return file.exit
  const database = await openConfiguredDatabase(config)
  try {
    const { tables, rows } = await restoreDatabase(database, file)
    io.stdout.write(`${rows} rows of ${tables} tables restored\n`)
    return 0
  } finally {
    await database.close()
  }
}

function fileIn(command: keyof typeof usage, argv: string[], io: CommandIo): string | { exit: number } {
  const options = { help: { type: 'boolean', short: 'h' } } as const
  const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true })
  const [file] = positionals
  if (!values.help && file && positionals.length === 1) return resolve(io.cwd, file)
  const to = values.help ? io.stdout : io.stderr
  to.write(usage[command])
  return { exit: values.help ? 0 : 2 }
}

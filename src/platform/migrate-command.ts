import type { CommandIo } from './command.ts'
import type { Services } from './services.ts'

/** `keyport migrate`: opening the services has migrated already; this tells what was done. */
export async function migrateCommand(services: Services, argv: string[], { stdout, stderr }: CommandIo) {
  if (argv.length > 0) {
    stderr.write('Usage: keyport migrate\n')
    return 2
  }
  for (const name of services.migrated) stdout.write(`applied ${name}\n`)
  if (services.migrated.length === 0) stdout.write('the database is up to date\n')
  return 0
}

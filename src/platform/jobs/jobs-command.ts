import { parseArgs } from 'node:util'
import type { Command, CommandIo } from '../command.ts'
import { countJobs, listFailedJobs, retryFailedJob } from './failed-jobs.ts'

const usage = `Usage: keyport jobs list [--json]
       keyport jobs retry ID

Lists how many jobs wait, run and failed, and the failed ones with the reason of their last try; gives a failed job
one more try.
`

/** `keyport jobs`: what the queue holds, and a second chance for what failed. */
export const jobsCommand: Command = async (services, argv, io) => {
  const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true })
  if (values.help) {
    io.stdout.write(usage)
    return 0
  }
  const [action, id, ...rest] = positionals
  if (action === 'list' && !id) return list(services, values.json ?? false, io)
  if (action === 'retry' && id && rest.length === 0) return retry(services, id, io)
  io.stderr.write(usage)
  return 2
}

const options = { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const

async function list({ db }: Parameters<Command>[0], json: boolean, io: CommandIo): Promise<number> {
  const [counts, failed] = [await countJobs(db), await listFailedJobs(db)]
  if (json) {
    io.stdout.write(`${JSON.stringify({ counts, failed })}\n`)
    return 0
  }
  for (const { name, state, count } of counts) io.stdout.write(`${name.padEnd(32)} ${state.padEnd(10)} ${count}\n`)
  for (const job of failed) {
    io.stdout.write(`\nfailed ${job.failed_at.toISOString()}  ${job.name}  ${job.id}  after ${job.attempts} tries\n`)
    io.stdout.write(`  ${job.error}\n`)
  }
  return 0
}

async function retry({ db }: Parameters<Command>[0], id: string, io: CommandIo): Promise<number> {
  const known = /^[0-9a-f-]{36}$/i.test(id) && (await retryFailedJob(db, id))
  if (known) io.stdout.write('queued again\n')
  else io.stderr.write('keyport: no failed job has this id\n')
  return known ? 0 : 1
}

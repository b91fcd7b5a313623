import { parseArgs } from 'node:util'
import type { Command, CommandIo } from '../command.ts'
import { countMails, listParkedMails, retryParkedMail } from './parked-mails.ts'

const usage = `Usage: keyport mail list [--json]
       keyport mail retry ID

Lists how many mails wait, and those that were refused for good with the mail server's words; sends such a mail again.
`

/** `keyport mail`: what could not be delivered, and a second chance for it. */
export const mailCommand: Command = async (services, argv, io) => {
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
  const [counts, parked] = [await countMails(db), await listParkedMails(db)]
  if (json) {
    io.stdout.write(`${JSON.stringify({ ...counts, mails: parked })}\n`)
    return 0
  }
  io.stdout.write(`waiting ${counts.waiting}, parked ${counts.parked}\n`)
  for (const mail of parked) {
    io.stdout.write(`\nparked ${mail.parked_at.toISOString()}  ${mail.id}  ${mail.template}  to ${mail.to_address}\n`)
    io.stdout.write(`  ${mail.last_error ?? ''}\n`)
  }
  return 0
}

async function retry({ db }: Parameters<Command>[0], id: string, io: CommandIo): Promise<number> {
  const known = /^[0-9a-f-]{36}$/i.test(id) && (await retryParkedMail(db, id))
  if (known) io.stdout.write('in the outbox again\n')
  else io.stderr.write('keyport: no parked mail has this id\n')
  return known ? 0 : 1
}

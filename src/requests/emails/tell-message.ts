import type { Actor } from '../../platform/actor.ts'
import type { Config } from '../../platform/config.ts'
import type { Trx } from '../../platform/db/index.ts'
import { enqueueMails } from '../../platform/mail/index.ts'
import { urls } from '../../urls.ts'
import type { AnyRequest } from '../kinds.ts'
import { operatorReader, type Reader, readersOf, textsOf } from './readers.ts'
import { assignedMail, messageMail } from './request-mails.ts'

type Sender = Pick<Config, 'base_url' | 'vendor' | 'support_email'>
type Message = { body: string; files: number }

/** Tells those who asked what the vendor wrote; of its staff they read no name. */
export async function tellCustomer(trx: Trx, now: Date, request: AnyRequest, message: Message, config: Sender) {
  const url = config.base_url + urls.requests.show.to({ request: request.number })
  const from = config.vendor.name
  await send(trx, now, await readersOf(trx, request.id), (reader) =>
    messageMail({ ...textsOf(reader), name: reader.name, request, url, from, ...message }),
  )
}

/** Tells the operator who looks after a request what the customer wrote; the vendor's mailbox while nobody does. */
export async function tellVendor(
  trx: Trx,
  { now, name: from }: Actor,
  request: AnyRequest,
  message: Message,
  config: Sender,
): Promise<void> {
  const url = config.base_url + urls.admin.request.to({ request: request.number })
  const assignee = request.assignee_id ? await operatorReader(trx, request.assignee_id) : undefined
  const mailbox: Reader = { email: config.support_email, name: config.vendor.name, locale: 'en', time_zone: 'UTC' }
  await send(trx, now, [assignee ?? mailbox], (reader) =>
    messageMail({ ...textsOf(reader), name: reader.name, request, url, from, ...message }),
  )
}

/** Tells an operator that a colleague gave them a request. */
export async function tellAssignee(trx: Trx, { now, name: from }: Actor, request: AnyRequest, config: Sender) {
  const assignee = request.assignee_id ? await operatorReader(trx, request.assignee_id) : undefined
  if (!assignee) return
  const url = config.base_url + urls.admin.request.to({ request: request.number })
  const mail = assignedMail({ ...textsOf(assignee), name: assignee.name, request, url, from })
  const { email, name, locale } = assignee
  await enqueueMails(trx, now, [{ template: 'request.assigned', to: { email, name }, locale, content: mail }])
}

async function send(trx: Trx, now: Date, readers: Reader[], write: (reader: Reader) => ReturnType<typeof messageMail>) {
  const mails = readers.map((reader) => {
    const { email, name, locale } = reader
    return { template: 'request.message', to: { email, name }, locale, content: write(reader) }
  })
  await enqueueMails(trx, now, mails)
}

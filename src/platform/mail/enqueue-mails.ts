import { sql } from 'kysely'
import type { Trx } from '../db/index.ts'
import { AppError } from '../errors.ts'
import type { Locale } from '../i18n.ts'
import { uuidv7 } from '../ids.ts'
import { enqueue } from '../jobs/index.ts'
import { deliverMails } from './deliver-mails.ts'
import { headerLine, type MailContent, renderMail } from './render.ts'

export type OutgoingMail = {
  /** Given by callers that remember which mail they wrote; a UUIDv7, as mails go out in the order of their ids. */
  id?: string
  /** Names the kind of mail, for the list of mails. */
  template: string
  to: { email: string; name?: string }
  locale: Locale
  content: MailContent
}

/**
 * Writes mails into the outbox and queues their delivery, in the caller's transaction; any number in one statement.
 * @throws AppError `invalid` for a recipient that is no single e-mail address.
 */
export async function enqueueMails(trx: Trx, now: Date, mails: OutgoingMail[]): Promise<void> {
  if (mails.length === 0) return
  await insertMails(now, mails).execute(trx)
  await enqueue(trx, deliverMails, {}, { key: 'now' })
}

/**
 * The statement that writes mails into the outbox, for `together`. Queueing takes a lock that lets only one
 * transaction commit at a time, so a hot path does it after its commit: `deliverSoon`.
 * @throws AppError as `enqueueMails`.
 */
export function insertMails(now: Date, mails: OutgoingMail[]) {
  const rows = mails.map((mail) => ({ ...mail, id: mail.id ?? uuidv7(), ...renderMail(mail.content, mail.locale) }))
  const addresses = rows.map(({ to }) => singleAddress(to.email))
  const names = rows.map(({ to }) => (to.name ? headerLine(to.name) : null))
  return sql`
    insert into mails (id, message_id, template, to_address, to_name, locale, subject, text, html, unsubscribe_url,
      created_at, next_attempt_at)
    select id, id::text, template, to_address, to_name, locale, subject, text, html,
      unsubscribe_url, ${now}::timestamptz, ${now}::timestamptz
    from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ template }) => template)}::text[],
      ${addresses}::text[], ${names}::text[], ${rows.map(({ locale }) => locale)}::text[],
      ${rows.map(({ subject }) => subject)}::text[], ${rows.map(({ text }) => text)}::text[],
      ${rows.map(({ html }) => html)}::text[], ${rows.map(({ content }) => content.unsubscribe?.url ?? null)}::text[])
      as t (id, template, to_address, to_name, locale, subject, text, html, unsubscribe_url)`
}

/** What a mail server would read as several addresses, or as a command, must not get that far. */
function singleAddress(email: string): string {
  const address = email.trim()
  if (address.length > 254 || !/^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+$/u.test(address)) {
    throw new AppError('invalid', 'the recipient is no e-mail address')
  }
  return address
}

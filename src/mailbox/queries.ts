import { sql } from 'kysely'
import type { Db } from '../platform/db/index.ts'

export type MailboxLine = {
  id: string
  template: string
  to_address: string
  to_name: string | null
  locale: string
  subject: string
  created_at: Date
}

export type MailboxMail = MailboxLine & { text: string; html: string }

/** A page of mails, newest first, and where the next page begins. */
export async function listMailbox(
  db: Db,
  { before, to, limit = 50 }: { before?: string; to?: string; limit?: number } = {},
): Promise<{ mails: MailboxLine[]; next: string | undefined }> {
  const { rows } = await sql<MailboxLine>`
    select id, template, to_address, to_name, locale, subject, created_at from mails
    where (${before ?? null}::uuid is null
        or (created_at, id) < (select created_at, id from mails where id = ${before ?? null}::uuid))
      and (${to ?? null}::text is null or lower(to_address) = lower(${to ?? null}::text))
    order by created_at desc, id desc limit ${limit + 1}`.execute(db)
  return { mails: rows.slice(0, limit), next: rows.length > limit ? rows[limit - 1]!.id : undefined }
}

export async function findMailboxMail(db: Db, id: string): Promise<MailboxMail | undefined> {
  const { rows } = await sql<MailboxMail>`
    select id, template, to_address, to_name, locale, subject, created_at, text, html from mails
    where id = ${id}`.execute(db)
  return rows[0]
}

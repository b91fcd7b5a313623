import type { Config } from '../platform/config.ts'
import type { Trx } from '../platform/db/index.ts'
import { isLocale, type Locale, textsFor } from '../platform/i18n.ts'
import { enqueueMails, type MailContent } from '../platform/mail/index.ts'
import type { MailTexts } from './emails/mail-texts.ts'

export type MailConfig = Pick<Config, 'base_url' | 'vendor'>
type Reader = { email: string; name?: string; locale: Locale }

/** Writes a mail to each reader, in the language of each. */
export async function mailPeople(
  trx: Trx,
  { now, template, config }: { now: Date; template: string; config: MailConfig },
  readers: Reader[],
  write: (texts: MailTexts) => MailContent,
): Promise<void> {
  const mails = readers.map(({ email, name, locale }) => {
    const content = write({ t: textsFor(locale), name: name ?? email, vendor_name: config.vendor.name })
    return { template, to: { email, ...(name ? { name } : {}) }, locale, content }
  })
  await enqueueMails(trx, now, mails)
}

/** Users as readers of mail: those who have confirmed their address. */
export async function readersOf(trx: Trx, user_ids: string[]): Promise<Reader[]> {
  if (user_ids.length === 0) return []
  const users = await trx
    .selectFrom('auth.user')
    .select(['email', 'name', 'locale'])
    .where('id', 'in', user_ids)
    .where('emailVerified', '=', true)
    .orderBy('id')
    .execute()
  return users.map(({ email, name, locale }) => ({ email, name, locale: isLocale(locale) ? locale : 'en' }))
}

/** The administrators of an organization as readers of mail. */
export async function administratorsOf(trx: Trx, organization_id: string): Promise<Reader[]> {
  const rows = await trx
    .selectFrom('memberships')
    .select('user_id')
    .where('organization_id', '=', organization_id)
    .where('role', '=', 'administrator')
    .execute()
  return readersOf(
    trx,
    rows.map(({ user_id }) => user_id),
  )
}

export async function nameOfOrganization(trx: Trx, organization_id: string): Promise<string> {
  const row = await trx
    .selectFrom('organizations')
    .select('name')
    .where('id', '=', organization_id)
    .executeTakeFirstOrThrow()
  return row.name
}

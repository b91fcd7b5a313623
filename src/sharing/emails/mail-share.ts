import type { Level } from '../../licenses/index.ts'
import type { Day, Member } from '../../platform/actor.ts'
import type { Config } from '../../platform/config.ts'
import type { Trx } from '../../platform/db/index.ts'
import { formatFor, isLocale, textsFor } from '../../platform/i18n.ts'
import { enqueueMails } from '../../platform/mail/index.ts'
import { urls } from '../../urls.ts'
import { shareMail } from './share-mail.ts'

/** Mails what is shared, in the language of the reader; of one without an account, in the sharer's. */
export async function mailShare(
  trx: Trx,
  actor: Member,
  { email, level, ends_on }: { email: string; level: Level; ends_on: Day | null },
  { base_url, vendor }: Pick<Config, 'base_url' | 'vendor'>,
): Promise<void> {
  const known = await trx
    .selectFrom('auth.user')
    .select(['name', 'locale', 'timeZone'])
    .where('email', '=', email)
    .where('emailVerified', '=', true)
    .executeTakeFirst()
  const { name: organization } = await trx
    .selectFrom('organizations')
    .select('name')
    .where('id', '=', actor.organization_id)
    .executeTakeFirstOrThrow()
  const locale = isLocale(known?.locale) ? known.locale : actor.locale
  const content = shareMail({
    t: textsFor(locale),
    name: known?.name ?? email,
    by: actor.email ? `${actor.name} (${actor.email})` : actor.name,
    ...{ organization, level, vendor_name: vendor.name },
    until: ends_on ? formatFor(locale, known?.timeZone ?? actor.time_zone).day(ends_on) : undefined,
    url: base_url + (known ? urls.sharing.withMe.to() : urls.accounts.create.to()),
    fields_url: known && base_url + urls.fields.list.to(),
  })
  const to = { email, ...(known && { name: known.name }) }
  await enqueueMails(trx, actor.now, [{ template: 'licenses-shared', to, locale, content }])
}

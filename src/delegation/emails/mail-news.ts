import type { Level } from '../../licenses/index.ts'
import type { Member } from '../../platform/actor.ts'
import type { Config } from '../../platform/config.ts'
import type { Trx } from '../../platform/db/index.ts'
import { isLocale, textsFor } from '../../platform/i18n.ts'
import { enqueueMails } from '../../platform/mail/index.ts'
import { urls } from '../../urls.ts'
import { type DelegationNews, newsMail } from './delegation-mails.ts'

/** Tells a user name of the other side, in its language; somebody without an account, in the actor's, is invited. */
export async function mailNews(
  trx: Trx,
  actor: Member,
  news: DelegationNews,
  { to, level, message }: { to: string; level: Level; message: string },
  { base_url, vendor }: Pick<Config, 'base_url' | 'vendor'>,
): Promise<void> {
  const known = await trx
    .selectFrom('auth.user')
    .select(['name', 'locale'])
    .where('email', '=', to)
    .where('emailVerified', '=', true)
    .executeTakeFirst()
  const { name: organization } = await trx
    .selectFrom('organizations')
    .select('name')
    .where('id', '=', actor.organization_id)
    .executeTakeFirstOrThrow()
  const locale = isLocale(known?.locale) ? known.locale : actor.locale
  const page = news === 'asked' ? urls.delegation.list.to() : urls.partner.customers.to()
  const content = newsMail(news, {
    t: textsFor(locale),
    name: known?.name ?? to,
    by: actor.email ? `${actor.name} (${actor.email})` : actor.name,
    ...{ organization, vendor_name: vendor.name, level, message, invited: known === undefined },
    url: base_url + (known ? page : urls.accounts.create.to()),
  })
  const reader = { email: to, ...(known && { name: known.name }) }
  await enqueueMails(trx, actor.now, [{ template: `delegation-${news}`, to: reader, locale, content }])
}

import type { Member } from '../../platform/actor.ts'
import type { Config } from '../../platform/config.ts'
import type { Trx } from '../../platform/db/index.ts'
import { isLocale, textsFor } from '../../platform/i18n.ts'
import { enqueueMails } from '../../platform/mail/index.ts'
import { urls } from '../../urls.ts'
import { keysMail } from './delegation-mails.ts'

export type HandedKey = {
  license_id: string
  quantity: number
  host_id: string | null
  key_text: string | null
  file_name: string | null
}

type Handing = {
  owner_id: string
  to_email: string
  licenses: readonly { license_id: string; serial: string; product: string }[]
  keys: readonly HandedKey[]
}

/** Mails keys to a customer's contact, in the reader's language; the keys themselves only where the customer allows it. */
export async function mailKeys(
  trx: Trx,
  actor: Member,
  { owner_id, to_email, licenses, keys }: Handing,
  { base_url }: Pick<Config, 'base_url'>,
): Promise<void> {
  const organizations = await trx
    .selectFrom('organizations')
    .select(['id', 'name', 'keys_in_email'])
    .where('id', 'in', [owner_id, actor.organization_id])
    .execute()
  const nameOf = (id: string) => organizations.find((one) => one.id === id)?.name ?? ''
  const known = await trx
    .selectFrom('auth.user')
    .select(['name', 'locale'])
    .where('email', '=', to_email)
    .executeTakeFirst()
  const locale = isLocale(known?.locale) ? known.locale : actor.locale
  const mayShow = organizations.find(({ id }) => id === owner_id)?.keys_in_email ?? false
  const textOf = (license_id: string) =>
    keys
      .filter((key) => key.license_id === license_id && mayShow)
      .flatMap(({ key_text, host_id }) => (key_text ? [host_id ? `${key_text} (${host_id})` : key_text] : []))
      .join('\n')
  const content = keysMail({
    t: textsFor(locale),
    name: known?.name ?? to_email,
    ...{ by: actor.name, partner: nameOf(actor.organization_id), customer: nameOf(owner_id) },
    lines: licenses.map(({ license_id, serial, product }) => {
      const text = textOf(license_id)
      return [`${serial} – ${product}`, text || '–']
    }),
    shown: mayShow,
    url:
      base_url +
      (licenses.length === 1 ? urls.licenses.show.to({ serial: licenses[0]!.serial }) : urls.licenses.catalog.to()),
  })
  const to = { email: to_email, ...(known && { name: known.name }) }
  await enqueueMails(trx, actor.now, [{ template: 'keys-handed-over', to, locale, content }])
}

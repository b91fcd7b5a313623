import { sql } from 'kysely'
import type { Config } from '../../platform/config.ts'
import type { Trx } from '../../platform/db/index.ts'
import { isLocale, textsFor } from '../../platform/i18n.ts'
import { enqueueMails } from '../../platform/mail/index.ts'
import type { ServiceRequest } from '../../requests/index.ts'
import { urls } from '../../urls.ts'
import { type OwnerMailStep, ownerMail } from './owner-mails.ts'

/** The organizations that gave and took, and the user who was named to take. */
type Parties = { giver: string; taker: string; to: string }
type Row = { organization: string; email: string; name: string; locale: string; side: OwnerMailStep }

/**
 * Tells both sides that licenses changed hands: the administrators of each, and the user who was named to take them.
 * Those who asked are told by the request itself.
 */
export async function tellParties(
  trx: Trx,
  now: Date,
  request: ServiceRequest,
  { giver, taker, to }: Parties,
  count: number,
  config: Pick<Config, 'base_url' | 'vendor'>,
): Promise<void> {
  const { rows } = await sql<Row>`
    select o.name as organization, u.email, u.name, u.locale,
      case when o.id = ${taker}::uuid then 'received' else 'given' end as side
    from memberships m join organizations o on o.id = m.organization_id
    join auth."user" u on u.id = m.user_id and u."emailVerified"
    where m.organization_id in (${giver}::uuid, ${taker}::uuid)
      and m.organization_id <> ${request.organization_id}::uuid
      and (m.role = 'administrator' or (m.organization_id = ${taker}::uuid and m.user_id = ${to}::uuid))
    order by u.id`.execute(trx)
  const mails = rows.map(({ organization, email, name, locale: given, side }) => {
    const locale = isLocale(given) ? given : 'en'
    const url = config.base_url + urls.licenses.catalog.to()
    const facts = { t: textsFor(locale), name, organization, count, url, vendor_name: config.vendor.name }
    return { template: `service.licenses_${side}`, to: { email, name }, locale, content: ownerMail(side, facts) }
  })
  await enqueueMails(trx, now, mails)
}

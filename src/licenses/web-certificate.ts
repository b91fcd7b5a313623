import { type Context, Hono } from 'hono'
import type { Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { allow } from '../platform/http/access.ts'
import type { Env } from '../platform/http/env.ts'
import { attachment } from '../platform/http/file-name.ts'
import { urls } from '../urls.ts'
import type { Certificate } from './certificate.ts'
import { mayOn } from './levels.ts'
import { getLicense, type LicenseDetails } from './license-details.ts'

export const certificateWeb = new Hono<Env>().get(urls.licenses.certificate.pattern, allow('viewer'), async (c) => {
  const { db, actor } = c.var
  const license = await getLicense(db, actor, c.req.param('serial'))
  const key = await printedKeyFor(db, actor, license)
  // Drawing is loaded with its typefaces only once somebody asks for a certificate.
  const { drawCertificate } = await import('./certificate.ts')
  const pdf = await drawCertificate(certificateOf(c, license, key))
  return c.body(new Uint8Array(pdf), 200, {
    'content-type': 'application/pdf',
    'content-disposition': attachment(`${license.serial}.pdf`),
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
  })
})

type PrintedKey = { key: string | null; isHidden: boolean }

/** The key on the certificate is a key like any other: only once it is registered, and for those who may take keys. */
async function printedKeyFor(db: Db, actor: Member, license: LicenseDetails): Promise<PrintedKey> {
  const found = await db.selectFrom('licenses').select('printed_key').where('id', '=', license.id).executeTakeFirst()
  const key = found?.printed_key ?? null
  const mayTake = license.owned && mayOn(actor, license, 'downloader')
  return { key: mayTake ? key : null, isHidden: key !== null && !mayTake }
}

function certificateOf(c: Context<Env>, license: LicenseDetails, { key, isHidden }: PrintedKey): Certificate {
  const { t, locale, format, config } = c.var
  const { serial, customer_name: customer, revoked_on, ordered_on } = license
  const url = config.base_url + urls.licenses.show.to({ serial })
  const facts = [...factsOf(c, license), { label: t('licenses.certificate.key'), value: key, style: 'code' as const }]
  return {
    ...{ locale, vendor: config.vendor, omissions: t('licenses.certificate.omissions') },
    title: t('licenses.certificate.title'),
    statement: t('licenses.certificate.statement', { vendor: config.vendor.name, customer }),
    serial: { label: t('licenses.certificate.serial'), value: serial },
    facts: facts.flatMap(({ value, ...fact }) => (value ? [{ ...fact, value }] : [])),
    notes: [
      ...(revoked_on ? [t('licenses.certificate.revoked', { day: format.day(revoked_on) })] : []),
      ...(isHidden ? [t('licenses.certificate.key_elsewhere')] : []),
      t('licenses.certificate.register', { url }),
      t('licenses.certificate.support', { email: config.support_email }),
    ],
    dated: new Date(`${ordered_on ?? '2000-01-01'}T00:00:00Z`),
  }
}

type Fact = { label: string; value: string | null; style?: 'code' }

function factsOf(c: Context<Env>, license: LicenseDetails): Fact[] {
  const { t, format } = c.var
  const { starts_on, ends_on, maintenance_until, ordered_on, registered_at } = license
  const [from, to] = [starts_on && format.day(starts_on), ends_on && format.day(ends_on)]
  const term = from && to ? t('licenses.details.from_to', { from, to }) : to && t('licenses.details.until', { to })
  const until = maintenance_until && t('licenses.details.until', { to: format.day(maintenance_until) })
  return [
    { label: t('licenses.details.product'), value: `${license.product_name} ${license.version}` },
    { label: t('licenses.details.kind'), value: t(`licenses.kind.${license.kind}`) },
    {
      label: t('licenses.details.quantity'),
      value: t(`licenses.meter.${license.meter}`, { count: license.quantity }),
    },
    { label: t('licenses.details.term'), value: term ?? t('licenses.details.perpetual') },
    { label: t('licenses.certificate.maintenance'), value: until },
    { label: t('licenses.details.customer'), value: `${license.customer_name} (${license.customer_number})` },
    { label: t('licenses.details.order_number'), value: license.order_number, style: 'code' },
    { label: t('licenses.details.ordered_on'), value: ordered_on && format.day(ordered_on) },
    { label: t('licenses.details.purchase_order'), value: license.purchase_order, style: 'code' },
    { label: t('licenses.details.certificate'), value: license.certificate_number, style: 'code' },
    { label: t('licenses.details.reseller'), value: license.reseller },
    { label: t('licenses.details.registered_to'), value: license.registered_to },
    { label: t('licenses.details.registered'), value: registered_at && format.moment(registered_at) },
  ]
}

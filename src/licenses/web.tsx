import { type Context, Hono } from 'hono'
import { isAtLeast } from '../platform/actor.ts'
import { allow } from '../platform/http/access.ts'
import type { Env } from '../platform/http/env.ts'
import { shellFor } from '../shell.tsx'
import { Page } from '../ui/layout.tsx'
import { urls } from '../urls.ts'
import { listCatalog, listProductsInCatalog } from './catalog.ts'
import { getKeyFile, getLicense, listHistory, listKeys, listRelatives } from './license-details.ts'
import { CatalogBody } from './pages/catalog-page.tsx'
import { LicenseBody, LicenseName } from './pages/license-page.tsx'
import { catalogQuerySchema } from './schemas.ts'

/** Of license files; license-file.md. */
const licenseFileType = 'application/vnd.keyport.slf+json'

export const licensesWeb = new Hono<Env>()
  .get(urls.licenses.catalog.pattern, allow('viewer'), async (c) => {
    const { t, format, db, actor, session } = c.var
    const query = catalogQuerySchema.parse(c.req.query())
    const page = await listCatalog(db, actor, query)
    const products = await listProductsInCatalog(db, actor)
    const mayRegister = isAtLeast(actor, 'manager')
    const organization = session?.organizations.find(({ id }) => id === actor.organization_id)?.name ?? ''
    return c.html(
      <Page
        shell={shellFor(c)}
        title={t('licenses.catalog.title')}
        lead={t('licenses.catalog.lead', { organization })}
        action={mayRegister ? getKeyLink(c) : undefined}
        live
      >
        <CatalogBody {...{ t, format, query, page, products, mayRegister }} today={actor.today} />
      </Page>,
    )
  })
  .get(urls.licenses.show.pattern, allow('viewer'), async (c) => {
    const { t, format, db, actor, locale, config } = c.var
    const license = await getLicense(db, actor, c.req.param('serial'))
    const before = c.req.query('before')
    const props = {
      ...{ t, format, locale, license, today: actor.today },
      keys: await listKeys(db, actor, license.id),
      relatives: await listRelatives(db, actor, license.id),
      history: { ...(await listHistory(db, actor, license.id, before)), paged: before !== undefined },
      mayTake: isAtLeast(actor, 'downloader'),
      mayRegister: isAtLeast(actor, 'manager'),
      vendor: config.vendor.name,
      support_email: config.support_email,
    }
    const catalog = { text: t('licenses.catalog.title'), href: urls.licenses.catalog.to() }
    return c.html(
      <Page
        shell={shellFor(c)}
        title={t('licenses.details.title')}
        lead={<LicenseName t={t} license={license} />}
        breadcrumb={[catalog]}
      >
        <LicenseBody {...props} />
      </Page>,
    )
  })
  .get(urls.licenses.file.pattern, allow('downloader'), async (c) => {
    const { serial, key } = c.req.param()
    const { name, content } = await getKeyFile(c.var.db, c.var.actor, serial, key)
    return c.body(content, 200, {
      'content-type': licenseFileType,
      'content-disposition': attachment(name),
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    })
  })

function getKeyLink(c: Context<Env>) {
  return { text: c.var.t('licenses.catalog.get_key'), href: urls.registration.start.to(), icon: 'key' as const }
}

/** A file name for every browser (RFC 6266): plain for old ones, exact in UTF-8 for the rest. */
function attachment(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9._-]/g, '_')
  const exact = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`
}

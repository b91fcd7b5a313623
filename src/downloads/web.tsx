import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { isAtLeast } from '../platform/actor.ts'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import type { Env } from '../platform/http/env.ts'
import { attachment } from '../platform/http/file-name.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { emptyForm, type FormState, readForm, refused } from '../platform/http/form.ts'
import { shellFor } from '../shell.tsx'
import { LinkButton } from '../ui/button.tsx'
import { Page } from '../ui/layout.tsx'
import { urls } from '../urls.ts'
import { acceptTerms } from './accept-terms.ts'
import { listOffers } from './entitlement.ts'
import { ProductBody } from './pages/product-page.tsx'
import { ReleaseBody } from './pages/release-page.tsx'
import { SoftwareBody } from './pages/software-page.tsx'
import { findBySerial, getProduct, isSubscribed, listSoftware } from './queries.ts'
import { acceptanceSchema } from './schemas.ts'
import { getShown, linksOf, readingOf, releasePropsFor, type Shown } from './shown-release.ts'
import { subscribe } from './subscribe.ts'
import { historyWeb } from './web-history.tsx'

const notifySchema = z.object({ wanted: z.enum(['yes', 'no']) })

/** Get Software, for members. */
export const softwareWeb = new Hono<Env>()
  .route('/', historyWeb)
  .get(urls.software.home.pattern, allow('viewer'), async (c) => {
    const { t, db, actor } = c.var
    const typed = c.req.query('serial')
    if (!typed) return homePage(c, emptyForm)
    const found = await findBySerial(db, actor, typed)
    if (found) return c.redirect(toLicense(found), 303)
    return homePage(c, refused({ values: { serial: typed }, errors: {} }, 'serial', t('downloads.serial_unknown')))
  })
  .get(urls.software.ofLicense.pattern, allow('viewer'), async (c) => {
    const found = await findBySerial(c.var.db, c.var.actor, c.req.param('serial'))
    if (!found) throw new AppError('not_found')
    return c.redirect(toLicense(found), 303)
  })
  .get(urls.software.product.pattern, allow('viewer'), productPage)
  .post(urls.software.notify.pattern, allow('viewer'), async (c) => {
    const { t, db, actor } = c.var
    const product = await getProduct(db, actor, c.req.param('product'))
    const form = await readForm(c, notifySchema)
    if (!form.ok) throw new AppError('malformed')
    const wanted = form.value.wanted === 'yes'
    await subscribe(db, actor, { product_id: product.id, wanted })
    leaveFlash(
      c,
      'success',
      t(wanted ? 'downloads.notify.started' : 'downloads.notify.stopped', { product: product.name }),
    )
    return c.redirect(urls.software.product.to({ product: product.code }, { license: c.req.query('license') }), 303)
  })
  .get(urls.software.release.pattern, allow('viewer'), async (c) => releasePage(c, await getShown(c), emptyForm))
  .post(urls.software.terms.pattern, allow('downloader'), accept)
  .get(urls.software.links.pattern, allow('downloader'), async (c) => {
    const links = await linksOf(c, await mayTake(c))
    return text(c, links.map((link) => `${link}\n`).join(''), 'links.txt')
  })
  .get(urls.software.manifest.pattern, allow('downloader'), async (c) => {
    const { release } = await mayTake(c)
    return text(c, release.manifest, 'SHA256SUMS')
  })
  .get(urls.software.manifestSignature.pattern, allow('downloader'), async (c) => {
    const { release } = await mayTake(c)
    return text(c, release.manifest_signature, 'SHA256SUMS.minisig')
  })
  .get(urls.software.signature.pattern, allow('downloader'), async (c) => {
    const { files } = await mayTake(c)
    const name = c.req.param('signature')
    const file = files.find((each) => `${each.name}.minisig` === name)
    if (!file) throw new AppError('not_found')
    return text(c, file.signature, name)
  })

function toLicense({ product, serial }: { product: string; serial: string }): string {
  return urls.software.product.to({ product }, { license: serial })
}

async function homePage(c: Context<Env>, form: FormState) {
  const { t, format, db, actor } = c.var
  const isRefused = Object.keys(form.errors).length > 0
  const history = (
    <LinkButton icon="history" href={urls.software.history.to()}>
      {t('downloads.history.link')}
    </LinkButton>
  )
  return c.html(
    <Page
      shell={shellFor(c)}
      title={t('downloads.title')}
      lead={t('downloads.lead')}
      actions={history}
      refused={isRefused}
    >
      <SoftwareBody {...{ t, format, form }} products={await listSoftware(db, actor)} />
    </Page>,
    isRefused ? 422 : 200,
  )
}

async function productPage(c: Context<Env>) {
  const { t, db, actor } = c.var
  const product = await getProduct(db, actor, c.req.param('product') ?? '')
  const license = await licenseAsked(c, product.code)
  const offers = await listOffers(db, actor, { product_id: product.id, license_id: license?.license_id })
  return c.html(
    <Page
      shell={shellFor(c)}
      title={product.name}
      lead={product.description}
      breadcrumb={[{ text: t('downloads.title'), href: urls.software.home.to() }]}
    >
      <ProductBody
        {...{ product, offers, reading: readingOf(c), license: license?.serial }}
        subscribed={await isSubscribed(db, actor, product.id)}
      />
    </Page>,
  )
}

/** An address is shared: a license that is not the reader's, or of another product, is left out. */
async function licenseAsked(c: Context<Env>, product: string) {
  const found = await findBySerial(c.var.db, c.var.actor, c.req.query('license') ?? '')
  return found?.product === product ? found : undefined
}

async function releasePage(c: Context<Env>, shown: Shown, form: FormState) {
  const { t, format } = c.var
  const { product, offer } = shown
  const isRefused = Object.keys(form.errors).length > 0
  return c.html(
    <Page
      shell={shellFor(c)}
      title={t('downloads.release.title', { product: product.name, version: offer.version })}
      lead={t('downloads.release.lead', { day: format.day(offer.released_on) })}
      breadcrumb={[
        { text: t('downloads.title'), href: urls.software.home.to() },
        { text: product.name, href: urls.software.product.to({ product: product.code }, { license: shown.license }) },
      ]}
      refused={isRefused}
    >
      <ReleaseBody {...(await releasePropsFor(c, shown, form))} />
    </Page>,
    isRefused ? 422 : 200,
  )
}

async function accept(c: Context<Env>) {
  const { t, db, actor, locale } = c.var
  const shown = await getShown(c)
  const { product, offer, release } = shown
  if (offer.refusal) throw new AppError('forbidden')
  const form = await readForm(c, acceptanceSchema)
  if (!form.ok) throw new AppError('malformed')
  const names = { product: product.code, version: offer.version }
  if (form.value.decision === 'decline') {
    leaveFlash(c, 'danger', t('downloads.terms.declined'))
    return c.redirect(urls.software.product.to({ product: product.code }), 303)
  }
  if (form.value.terms !== release.terms_id)
    return releasePage(c, shown, refused(emptyForm, 'read', t('downloads.terms.changed')))
  if (!form.value.read) return releasePage(c, shown, refused(emptyForm, 'read', t('downloads.terms.unread')))
  await acceptTerms(db, actor, { release_id: offer.release_id, terms_id: release.terms_id, locale })
  return c.redirect(urls.software.release.to(names, { license: shown.license }), 303)
}

/** A release whose files the reader may have now. @throws AppError `forbidden` otherwise. */
async function mayTake(c: Context<Env>): Promise<Shown> {
  const shown = await getShown(c)
  if (shown.offer.refusal || !shown.accepted || !isAtLeast(c.var.actor, 'downloader')) throw new AppError('forbidden')
  return shown
}

function text(c: Context<Env>, body: string, name: string) {
  return c.body(body, 200, {
    'content-type': 'text/plain; charset=utf-8',
    'content-disposition': attachment(name),
    'cache-control': 'private, no-store',
  })
}

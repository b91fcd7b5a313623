/** A release as a page, its links and its lists show it to one reader. */
import type { Context } from 'hono'
import { isAtLeast } from '../platform/actor.ts'
import { AppError } from '../platform/errors.ts'
import type { Env } from '../platform/http/env.ts'
import type { FormState } from '../platform/http/form.ts'
import { urls } from '../urls.ts'
import { linkTo } from './download-link.ts'
import { listOffers, type Offer } from './entitlement.ts'
import { renderMarkdown } from './markdown.tsx'
import type { Reading } from './pages/product-page.tsx'
import type { FileFilter, ReleaseProps } from './pages/release-page.tsx'
import type { TermsProps } from './pages/terms-card.tsx'
import {
  findAcceptance,
  findBySerial,
  getProduct,
  getRelease,
  getTerms,
  listFiles,
  type Product,
  type Release,
  type ReleaseFile,
} from './queries.ts'
import { platforms } from './rules.ts'

export type Shown = {
  product: Product
  /** Serial number of the license that was asked about. */
  license: string | undefined
  offer: Offer
  release: Release
  files: ReleaseFile[]
  elsewhere: number
  accepted: boolean
}

/**
 * The release that an address names.
 * @throws AppError `not_found` unless it is published and the organization sees a license of its product.
 */
export async function getShown(c: Context<Env>): Promise<Shown> {
  const { db, actor } = c.var
  const { product: code = '', version = '' } = c.req.param() as { product?: string; version?: string }
  const product = await getProduct(db, actor, code)
  const found = await findBySerial(db, actor, c.req.query('license') ?? '')
  const license = found?.product === product.code ? found : undefined
  const offers = await listOffers(db, actor, { product_id: product.id, license_id: license?.license_id })
  const offer = offers.find((each) => each.version === version)
  if (!offer) throw new AppError('not_found')
  const release = await getRelease(db, offer.release_id)
  const accepted = await findAcceptance(db, actor, offer.release_id, release.terms_id)
  const files = await listFiles(db, actor, offer.release_id)
  return { product, license: license?.serial, offer, release, ...files, accepted: accepted !== undefined }
}

/** Signed links to the files that the address narrows down to. */
export async function linksOf(c: Context<Env>, { files }: Shown): Promise<string[]> {
  const { config, actor } = c.var
  return narrowed(files, filterOf(c)).map((file) => linkTo(config, actor, file))
}

export async function releasePropsFor(c: Context<Env>, shown: Shown, form: FormState): Promise<ReleaseProps> {
  const { config, actor } = c.var
  const { files, offer, release, accepted } = shown
  const filter = filterOf(c)
  const mayDownload = isAtLeast(actor, 'downloader')
  const isOpen = mayDownload && accepted && offer.refusal === null
  const asks = mayDownload && !accepted && offer.refusal === null
  return {
    ...shown,
    ...{ filter, mayDownload, isOpen, reading: readingOf(c) },
    files: narrowed(files, filter).map((file) => ({ ...file, href: isOpen ? linkTo(config, actor, file) : undefined })),
    choices: {
      languages: [...new Set(files.flatMap(({ language }) => language ?? []))].sort(),
      platforms: [...new Set(files.map(({ platform }) => platform))],
    },
    terms: asks ? await termsFor(c, shown, form) : undefined,
    notes: await renderMarkdown(release.notes),
    key_url: urls.software.keyOf.to({ key: `${release.key_id}.pub` }),
  }
}

async function termsFor(
  c: Context<Env>,
  { product, offer, release, license }: Shown,
  form: FormState,
): Promise<TermsProps> {
  const { t, db, locale } = c.var
  const terms = await getTerms(db, release.terms_id, locale)
  const [eula, export_statement] = await Promise.all([
    renderMarkdown(terms.eula.markdown),
    renderMarkdown(terms.export_statement.markdown),
  ])
  const action = urls.software.terms.to({ product: product.code, version: offer.version }, { license })
  return { t, form, action, terms, html: { eula, export_statement }, product: `${product.name} ${offer.version}` }
}

export function readingOf(c: Context<Env>): Reading {
  const { t, format, actor, config } = c.var
  return { t, format, today: actor.today, vendor: config.vendor.name, support_email: config.support_email }
}

function filterOf(c: Context<Env>): FileFilter {
  const { language, platform } = c.req.query()
  return { language: language || undefined, platform: platforms.find((each) => each === platform) }
}

/** What is for every language, or every platform, is for the chosen one as well. */
function narrowed(files: ReleaseFile[], { language, platform }: FileFilter): ReleaseFile[] {
  return files.filter(
    (file) =>
      (!language || file.language === null || file.language === language) &&
      (!platform || file.platform === 'any' || file.platform === platform),
  )
}

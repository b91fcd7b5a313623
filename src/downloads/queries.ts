/** Reads for the pages of Get Software. */
import { sql } from 'kysely'
import { visibleLicenses } from '../licenses/index.ts'
import type { Day, Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import type { Locale } from '../platform/i18n.ts'
import { isOfferedIn, type Platform } from './rules.ts'

export type SoftwareProduct = {
  code: string
  name: string
  description: string
  /** Of its newest published release. */
  version: string
  released_on: Day
}

/** The products with something to download that the organization has licenses of, by name. */
export async function listSoftware(db: Db, actor: Member): Promise<SoftwareProduct[]> {
  const { rows } = await sql<SoftwareProduct>`
    select p.code, p.name, p.description, newest.version, newest.released_on
    from products p
    cross join lateral (
      select v.version, v.released_on from product_versions v
      join releases r on r.product_version_id = v.id and r.state = 'published'
      where v.product_id = p.id order by v.released_on desc, r.id desc limit 1) newest
    where exists (
      select from product_versions v
      cross join lateral (select 1 from ${visibleLicenses(actor)} as l where l.product_version_id = v.id limit 1) l
      where v.product_id = p.id)
    order by p.name, p.code`.execute(db)
  return rows
}

/** As the schema checks them; anything else is asked of no database. */
const productCode = /^[A-Z0-9][A-Z0-9._-]{0,39}$/
const serialNumber = /^[A-Za-z0-9-]{6,40}$/

export type Product = { id: string; code: string; name: string; description: string }

/** @throws AppError `not_found` unless the organization sees a license of the product. */
export async function getProduct(db: Db, actor: Member, code: string): Promise<Product> {
  if (!productCode.test(code)) throw new AppError('not_found')
  const { rows } = await sql<Product>`
    select p.id, p.code, p.name, p.description from products p
    where p.code = ${code} and exists (
      select from product_versions v
      cross join lateral (select 1 from ${visibleLicenses(actor)} as l where l.product_version_id = v.id limit 1) l
      where v.product_id = p.id)`.execute(db)
  if (!rows[0]) throw new AppError('not_found')
  return rows[0]
}

/** The product of a license that the actor may see, found by its serial number in any case. */
export async function findBySerial(db: Db, actor: Member, typed: string) {
  const serial = typed.trim()
  if (!serialNumber.test(serial)) return undefined
  const found = (value: string) =>
    db
      .selectFrom(visibleLicenses(actor).as('l'))
      .innerJoin('product_versions as v', 'v.id', 'l.product_version_id')
      .innerJoin('products as p', 'p.id', 'v.product_id')
      .select(['l.id as license_id', 'l.serial', 'p.code as product'])
      .where('l.serial', '=', value)
      .executeTakeFirst()
  return (await found(serial)) ?? found(serial.toUpperCase())
}

export type Release = {
  notes: string
  manifest: string
  manifest_signature: string
  key_id: string
  public_key: Buffer
  terms_id: string
  published_at: Date
}

/** What a published or withdrawn release says of itself; whether it may be taken is asked of `listOffers`. */
export function getRelease(db: Db, release_id: string): Promise<Release> {
  return db
    .selectFrom('releases as r')
    .innerJoin('release_keys as k', 'k.id', 'r.key_id')
    .select([
      'r.notes',
      'r.manifest',
      'r.manifest_signature',
      'r.key_id',
      'k.public_key',
      'r.terms_id',
      'r.published_at',
    ])
    .where('r.id', '=', release_id)
    .$castTo<Release>()
    .executeTakeFirstOrThrow()
}

export type ReleaseFile = {
  id: string
  name: string
  platform: Platform
  language: string | null
  size: number
  sha256: string
  signature: string
  published_at: Date
}

/** The published files of a release that are offered in the organization's country, by platform and name. */
export async function listFiles(
  db: Db,
  actor: Member,
  release_id: string,
): Promise<{ files: ReleaseFile[]; elsewhere: number }> {
  const country = await countryOf(db, actor.organization_id)
  const rows = await db
    .selectFrom('release_files')
    .select(['id', 'name', 'platform', 'language', 'size', 'sha256', 'signature', 'published_at', 'countries'])
    .where('release_id', '=', release_id)
    .where('published_at', 'is not', null)
    .orderBy('platform')
    .orderBy('name')
    .$castTo<ReleaseFile & { countries: string[] }>()
    .execute()
  const files = rows.filter(({ countries }) => isOfferedIn(countries, country))
  return { files, elsewhere: rows.length - files.length }
}

export async function countryOf(db: Db, organization_id: string): Promise<string | null> {
  const query = db.selectFrom('organizations').select('country').where('id', '=', organization_id)
  return (await query.executeTakeFirstOrThrow()).country
}

export type Terms = { id: string; number: number; eula: Text; export_statement: Text }
type Text = { locale: Locale; markdown: string }

/** The terms in the reader's language, or in English, which is always there. */
export async function getTerms(db: Db, terms_id: string, locale: Locale): Promise<Terms> {
  const query = db.selectFrom('software_terms').select(['id', 'number', 'eula', 'export_statement'])
  const { eula, export_statement, ...terms } = await query.where('id', '=', terms_id).executeTakeFirstOrThrow()
  return { ...terms, eula: inLocale(eula, locale), export_statement: inLocale(export_statement, locale) }
}

function inLocale(given: unknown, locale: Locale): Text {
  const texts = given as Partial<Record<Locale, string>> & { en: string }
  const own = texts[locale]
  return own ? { locale, markdown: own } : { locale: 'en', markdown: texts.en }
}

/** When the actor accepted the terms of a release for the organization; undefined if never. */
export async function findAcceptance(db: Db, actor: Member, release_id: string, terms_id: string) {
  const row = await db
    .selectFrom('software_terms_acceptances')
    .select('accepted_at')
    .where('release_id', '=', release_id)
    .where('organization_id', '=', actor.organization_id)
    .where('user_id', '=', actor.user_id)
    .where('terms_id', '=', terms_id)
    .executeTakeFirst()
  return row?.accepted_at
}

export async function isSubscribed(db: Db, { user_id, organization_id }: Member, product_id: string): Promise<boolean> {
  const row = await db
    .selectFrom('release_subscriptions')
    .select('created_at')
    .where('user_id', '=', user_id)
    .where('organization_id', '=', organization_id)
    .where('product_id', '=', product_id)
    .executeTakeFirst()
  return row !== undefined
}

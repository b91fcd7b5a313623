/** Campaigns of version upgrades for tests: products with two versions, and what leads from one to the other. */
import { type Day, dayOf, type Operator } from '../src/platform/actor.ts'
import { readConfig } from '../src/platform/config.ts'
import type { Db } from '../src/platform/db/index.ts'
import { uuidv7 } from '../src/platform/ids.ts'
import { type CampaignTerms, createCampaign, ensureNotification } from '../src/upgrades/index.ts'
import { aLicense, aMember, aProduct } from './licenses.ts'
import { anOperator } from './requests.ts'

/** What mails about upgrades are written with; the vendor is where the test says. */
export function campaignConfig(time_zone = 'UTC') {
  const env = { BASE_URL: 'https://licensing.example', SECRET: 'a secret for tests, and only for those' }
  const read = readConfig({ ...env, VENDOR_TIME_ZONE: time_zone })
  if (!read.ok) throw new Error(read.problems.join('\n'))
  return read.config
}

/** Today where the vendor is, or so many days later. */
export function dayFromNow(days = 0, time_zone = 'UTC'): Day {
  return dayOf(new Date(Date.now() + days * 86_400_000), time_zone)
}

export type Versions = { product_id: string; old: string; next: string; last: string }

/** A product with versions 1.0 (2025-01-01), 2.0 (2026-03-01) and 3.0 (2026-09-01). */
export async function threeVersions(db: Db, name = 'Backup Server'): Promise<Versions> {
  const old = await aProduct(db, { name })
  const { product_id } = await db
    .selectFrom('product_versions')
    .select('product_id')
    .where('id', '=', old)
    .executeTakeFirstOrThrow()
  const later = [
    { id: uuidv7(), product_id, version: '2.0', released_on: '2026-03-01' },
    { id: uuidv7(), product_id, version: '3.0', released_on: '2026-09-01' },
  ]
  await db.insertInto('product_versions').values(later).execute()
  return { product_id, old, next: later[0]!.id, last: later[1]!.id }
}

/** From 1.0 to 2.0, from yesterday, with maintenance, unless told otherwise. */
export function termsFrom({ old, next }: Versions, given: Partial<CampaignTerms> = {}): CampaignTerms {
  return {
    name: 'To version 2.0',
    starts_on: dayFromNow(-1),
    ends_on: null,
    overlap_days: 30,
    notification_days: 365,
    needs_maintenance: true,
    kinds: ['product', 'subscription'],
    countries: [],
    paths: [{ from_version_id: old, to_version_id: next }],
    ...given,
  }
}

/** A draft of a campaign and the operator who made it. */
export async function aCampaign(
  db: Db,
  versions: Versions,
  given: Partial<CampaignTerms> = {},
): Promise<{ campaign_id: string; operator: Operator }> {
  const operator = await anOperator(db, 'catalog')
  const saved = await createCampaign(db, operator, termsFrom(versions, given))
  if (!saved.ok) throw new Error(`the campaign was refused: ${saved.refusal}`)
  return { campaign_id: saved.campaign_id, operator }
}

/** An upgrade that was made: a license of the new version out of one of the old. */
export async function anUpgrade(
  db: Db,
  campaign: { id: string; paths: { id: string }[] },
  given: { customer_id: string; path_id?: string; quantity?: number; upgraded_at?: Date; settled_at?: Date },
): Promise<void> {
  const member = await aMember(db)
  const { customer_id } = given
  const [from, to] = [await aLicense(db, member, { customer_id }), await aLicense(db, member, { customer_id })]
  const { registration_id } = await db
    .selectFrom('licenses')
    .select('registration_id')
    .where('id', '=', to.id)
    .executeTakeFirstOrThrow()
  const about = { campaign_id: campaign.id, customer_id, now: new Date() }
  const notification_id = await db.transaction().execute((trx) => ensureNotification(trx, campaignConfig(), about))
  await db
    .insertInto('upgrades')
    .values({
      ...{ id: uuidv7(), notification_id, old_license_id: from.id, new_license_id: to.id },
      path_id: given.path_id ?? campaign.paths[0]!.id,
      organization_id: member.organization_id,
      registration_id: registration_id!,
      quantity: given.quantity ?? 1,
      upgraded_at: given.upgraded_at ?? new Date(),
      upgraded_by: member.user_id,
      overlap_ends_on: dayFromNow(30),
      settled_at: given.settled_at ?? null,
    })
    .execute()
}

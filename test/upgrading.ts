/** Campaigns with licenses that they upgrade, and the wizard's commands up to Complete Registration. */
import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { Member } from '../src/platform/actor.ts'
import type { Config } from '../src/platform/config.ts'
import type { Db } from '../src/platform/db/index.ts'
import { uuidv7 } from '../src/platform/ids.ts'
import { completeRegistration, type Issuing } from '../src/registration/index.ts'
import { saveDetails } from '../src/registration/save-details.ts'
import { createNotifications } from '../src/upgrades/create-notifications.ts'
import { notificationIdOf } from '../src/upgrades/notification-id.ts'
import { type Selected, selectLicenses } from '../src/upgrades/select-licenses.ts'
import { getUpgradeDraft } from '../src/upgrades/selection.ts'
import { startUpgrade } from '../src/upgrades/start-upgrade.ts'
import { upgradeWizard } from '../src/upgrades/upgrade-wizard.ts'
import { anIssuing } from './issuing.ts'
import { aProduct, type SomeProduct } from './licensing.ts'
import { contact } from './registering.ts'

export type Upgrading = Issuing & { config: Config }

/** As `anIssuing`, with the portal's secret and the vendor's calendar. */
export async function anUpgrading(db: Db, time_zone = 'UTC'): Promise<Upgrading> {
  const { config, signer } = await anIssuing(db)
  const { vendor, ...rest } = config as Config
  const secret = 'only for tests: thirty-two characters'
  return { signer, config: { ...rest, secret, vendor: { ...vendor, time_zone } } }
}

type Given = {
  key_scheme?: NonNullable<Parameters<typeof aProduct>[1]>['key_scheme']
  released_on?: string
  overlap_days?: number
  needs_maintenance?: boolean
  starts_on?: string
  ends_on?: string | null
  state?: 'draft' | 'published' | 'paused' | 'ended'
  countries?: string[]
  from?: SomeProduct
}

export type SomeCampaign = { campaign_id: string; path_id: string; from: SomeProduct; to_version_id: string }

/** A campaign from version 1.0 of a product to its version 2.0; published, without end, unless told otherwise. */
export async function aCampaign(db: Db, given: Given = {}): Promise<SomeCampaign> {
  const { released_on = '2026-06-01', state = 'published', starts_on = '2026-01-01', ends_on = null } = given
  const from = given.from ?? (await aProduct(db, given.key_scheme ? { key_scheme: given.key_scheme } : {}))
  const [campaign_id, path_id, to_version_id] = [uuidv7(), uuidv7(), uuidv7()]
  await db
    .insertInto('product_versions')
    .values({ id: to_version_id, product_id: from.product_id, version: '2.0', released_on })
    .execute()
  await db
    .insertInto('campaigns')
    .values({
      id: campaign_id,
      name: 'The great upgrade',
      ...{ state, starts_on, ends_on },
      overlap_days: given.overlap_days ?? 30,
      needs_maintenance: given.needs_maintenance ?? false,
      countries: given.countries ?? [],
      created_at: new Date(),
      updated_at: new Date(),
      published_at: new Date(),
    })
    .execute()
  const path = { id: path_id, campaign_id, from_version_id: from.product_version_id, to_version_id }
  await db.insertInto('campaign_paths').values(path).execute()
  return { campaign_id, path_id, from, to_version_id }
}

/** The notification of a campaign for a customer. @returns its id, and the ID that people type. */
export async function aNotification(db: Db, config: Config, campaign_id: string, customer_id: string) {
  const input = { campaign_id, customer_ids: [customer_id], now: new Date() }
  const [made] = await db.transaction().execute((trx) => createNotifications(trx, config, input))
  return { notification_id: made!.id, typed: notificationIdOf(config, made!.id) }
}

/** An upgrade with these licenses selected, as it stands on the verification page. */
export async function aVerifiedUpgrade(
  db: Db,
  actor: Member,
  { config }: Upgrading,
  input: { notification_id: string; path_id: string; selected: Selected[] },
): Promise<{ draft_id: string; revision: number }> {
  const started = await startUpgrade(db, actor, input, config)
  assert.ok(started.ok, JSON.stringify(started))
  const { draft_id } = started
  const draft = await getUpgradeDraft(db, actor, draft_id, config)
  const shown = input.selected.map(({ license_id }) => license_id)
  assert.deepEqual(await selectLicenses(db, actor, draft, { shown, selected: input.selected }), { ok: true })
  const { details, revision } = await getUpgradeDraft(db, actor, draft_id, config)
  assert.ok(details.registered_to)
  const entered = { ...details, contacts: [contact] }
  assert.deepEqual(await saveDetails(db, actor, { draft_id, revision, details: entered }), { ok: true })
  return { draft_id, revision: (await getUpgradeDraft(db, actor, draft_id, config)).revision }
}

/** Complete Registration of an upgrade. */
export function complete(db: Db, actor: Member, upgrading: Upgrading, draft: { draft_id: string; revision: number }) {
  return completeRegistration(db, actor, draft, upgrading, undefined, upgradeWizard(upgrading.config))
}

/** A license as far as upgrades go, by its serial number. */
export async function licenseOf(db: Db, serial: string) {
  const { rows } = await sql<{
    id: string
    quantity: number
    upgraded_quantity: number
    superseded: boolean
    owner_id: string | null
    version: string
    upgraded_from: string | null
    split_from: string | null
    maintenance_until: string | null
  }>`
    select l.id, l.quantity, l.upgraded_quantity, l.superseded_at is not null as superseded, l.owner_id, v.version,
      f.serial as upgraded_from, s.serial as split_from, l.maintenance_until
    from licenses l join product_versions v on v.id = l.product_version_id
    left join licenses f on f.id = l.upgraded_from_license_id left join licenses s on s.id = l.split_from_license_id
    where l.serial = ${serial}`.execute(db)
  assert.ok(rows[0], serial)
  return rows[0]
}

/** The serial numbers that a registration made. */
export async function serialsOf(db: Db, registration_id: string): Promise<string[]> {
  const rows = await db
    .selectFrom('licenses')
    .select('serial')
    .where('registration_id', '=', registration_id)
    .orderBy('quantity', 'desc')
    .execute()
  return rows.map(({ serial }) => serial)
}

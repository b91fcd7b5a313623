import { sql } from 'kysely'
import { copyFieldValues } from '../fields/index.ts'
import { createUpgraded, type LicenseUpgrade, noteUpgraded } from '../licenses/index.ts'
import type { Member } from '../platform/actor.ts'
import { recordAll } from '../platform/audit.ts'
import type { Config } from '../platform/config.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { uuidv7 } from '../platform/ids.ts'
import { enqueue } from '../platform/jobs/index.ts'
import {
  type AssessedRow,
  choicesSchema,
  type Draft,
  type FactsRow,
  facts,
  joinedFacts,
  licenseOf,
  type Prepared,
  type Products,
  type Wizard,
} from '../registration/index.ts'
import { isOpen, refusalFor } from './eligibility.ts'
import { holds, mayUpgrade, vendorDay } from './notifications.ts'
import { overlapEnd } from './rules.ts'
import { settleOverlaps } from './settle-overlaps.ts'

/** Version Upgrade, from License Information Verification on: the licenses are made by the completion itself. */
export function upgradeWizard(config: Pick<Config, 'vendor'>): Wizard {
  return {
    purpose: 'upgrade',
    readRows: (db, actor, draft) => readRows(db, actor, draft, config),
    async consequence({ t, format, db, actor }, draft, { licenses }) {
      const { overlap_days } = await readUpgrade(db, draft.id)
      const until = overlapEnd(vendorDay(actor.now, config), overlap_days)
      const organization = draft.organization_name
      const count = licenses.length
      if (overlap_days === 0) return t('upgrades.verify.consequence_now', { count, organization })
      return t('upgrades.verify.consequence', { count, organization, until: format.day(until) })
    },
    async begin(trx, actor, prepared) {
      const rows = await readRows(trx, actor, prepared.draft, config)
      if (rows.some(({ outcome }) => outcome === 'not_eligible')) return false
      await createUpgraded(trx, upgradesOf(prepared), actor.now)
      return true
    },
    finish: (trx, actor, prepared, registration_id) => finish(trx, actor, prepared, registration_id, config),
  }
}

/** As `FactsRow`, of licenses that do not exist yet: made of the old one and the product that it becomes. */
type Row = FactsRow & {
  position: number
  choices: unknown
  old_license_id: string
  old_serial: string
  old_revision: number
  old_quantity: number
  old_owner_id: string | null
  old_product: string
  eligible: boolean
}

async function readRows(
  db: Db | Trx,
  actor: Member,
  { id }: Pick<Draft, 'id'>,
  config: Pick<Config, 'vendor'>,
): Promise<AssessedRow[]> {
  const { rows } = await sql<Row>`
    with old as materialized (
      select x.serial as new_serial, x.new_license_id, x.quantity as upgraded, l.*, t.id as to_version_id,
        fp.name || ' ' || f.version as product_text,
        ${isOpen(vendorDay(actor.now, config))} and n.expires_at > ${actor.now}::timestamptz
          and ${refusalFor(actor.today)} is null and x.quantity <= l.quantity - l.upgraded_quantity
          and case when ${holds(actor)} then ${mayUpgrade(actor, { holds: true })}
            else ${mayUpgrade(actor, { holds: false })} end as eligible
      from upgrade_drafts u
      join upgrade_notifications n on n.id = u.notification_id
      join upgrade_selections x on x.draft_id = u.draft_id
      join licenses l on l.id = x.license_id and l.customer_id = n.customer_id
      join campaign_paths p on p.id = u.path_id
      join campaigns c on c.id = p.campaign_id
      join product_versions t on t.id = p.to_version_id
      join product_versions f on f.id = l.product_version_id join products fp on fp.id = f.product_id
      join customers b on b.id = l.customer_id
      left join order_lines ol on ol.id = l.order_line_id left join orders o on o.id = ol.order_id
      where u.draft_id = ${id}::uuid
    )
    select s.position, s.choices, ${facts}, e.id as old_license_id, e.serial as old_serial, e.revision as old_revision,
      e.quantity as old_quantity, e.owner_id as old_owner_id, e.product_text as old_product, e.eligible
    from registration_draft_serials s
    join old e on e.new_serial = s.serial
    join product_versions tv on tv.id = e.to_version_id join products tp on tp.id = tv.product_id
    cross join lateral (select e.new_license_id as id, e.revision, e.to_version_id as product_version_id, tp.kind,
      tp.meter, e.upgraded as quantity, e.starts_on, e.ends_on, e.grace_days, e.maintenance_until,
      null::text as printed_key, null::uuid as owner_id, null::timestamptz as registered_at,
      null::text as registered_to, null::timestamptz as revoked_at, null::timestamptz as superseded_at,
      null::uuid as covers_license_id, null::uuid as renews_license_id, e.customer_id, e.order_line_id) l
    ${joinedFacts}
    where s.draft_id = ${id}::uuid order by s.position`.execute(db)
  const products: Products = new Map()
  return rows.map((row) => rowOf(row, products))
}

function rowOf(row: Row, products: Products): AssessedRow {
  const license = licenseOf(row, products)!
  const predecessor = {
    license_id: row.old_license_id,
    serial: row.old_serial,
    revision: row.old_revision,
    quantity: row.old_quantity,
    owner_id: row.old_owner_id,
    product: row.old_product,
  }
  return {
    position: row.position,
    serial: row.serial,
    choices: choicesSchema.parse(row.choices),
    license: { ...license, predecessor },
    outcome: row.eligible ? acceptanceOf(license.product.key_scheme) : 'not_eligible',
  }
}

/** No certificate is printed for an upgrade, so it brings no printed key. */
function acceptanceOf(key_scheme: string): 'ready' | 'support_only' | 'external' {
  if (key_scheme === 'external') return 'external'
  return key_scheme === 'none' || key_scheme === 'printed' ? 'support_only' : 'ready'
}

type Upgrade = { path_id: string; notification_id: string; overlap_days: number }

async function readUpgrade(db: Db | Trx, draft_id: string): Promise<Upgrade> {
  const { rows } = await sql<Upgrade>`
    select u.path_id, u.notification_id, c.overlap_days
    from upgrade_drafts u join campaign_paths p on p.id = u.path_id join campaigns c on c.id = p.campaign_id
    where u.draft_id = ${draft_id}::uuid`.execute(db)
  return rows[0]!
}

function upgradesOf({ plan }: Prepared): LicenseUpgrade[] {
  return plan.licenses.map(({ license }) => ({
    old_license_id: license.predecessor!.license_id,
    new_license_id: license.license_id,
    serial: license.serial,
    product_version_id: license.product_version_id,
    quantity: license.quantity,
  }))
}

/** What was upgraded, on both sides; the old keys end by a job, when their overlap does. */
async function finish(
  trx: Trx,
  actor: Member,
  prepared: Prepared,
  registration_id: string,
  config: Pick<Config, 'vendor'>,
): Promise<void> {
  const { path_id, notification_id, overlap_days } = await readUpgrade(trx, prepared.draft.id)
  const overlap_ends_on = overlapEnd(vendorDay(actor.now, config), overlap_days)
  const upgrades = upgradesOf(prepared)
  await noteUpgraded(trx, actor.organization_id, upgrades, actor.now)
  await copyFieldValues(
    trx,
    upgrades.map(({ old_license_id: from, new_license_id: to }) => ({ from, to })),
    actor.now,
  )
  await sql`
    insert into upgrades (id, path_id, notification_id, old_license_id, new_license_id, organization_id,
      registration_id, quantity, upgraded_at, upgraded_by, overlap_ends_on)
    select t.id, ${path_id}::uuid, ${notification_id}::uuid, t.old_license_id, t.new_license_id,
      ${actor.organization_id}::uuid, ${registration_id}::uuid, t.quantity, ${actor.now}::timestamptz,
      ${actor.user_id}::uuid, ${overlap_ends_on}::date
    from unnest(${upgrades.map(() => uuidv7())}::uuid[], ${upgrades.map((each) => each.old_license_id)}::uuid[],
      ${upgrades.map((each) => each.new_license_id)}::uuid[], ${upgrades.map(({ quantity }) => quantity)}::int[])
      as t (id, old_license_id, new_license_id, quantity)`.execute(trx)
  await recordUpgrades(trx, actor, prepared, overlap_ends_on)
  if (overlap_days === 0) await enqueue(trx, settleOverlaps, {})
}

async function recordUpgrades(trx: Trx, actor: Member, { plan }: Prepared, overlap_ends_on: string): Promise<void> {
  const { organization_id } = actor
  const pairs = plan.licenses.map(({ license }) => ({ license, old: license.predecessor! }))
  await recordAll(
    trx,
    actor,
    'license.upgraded',
    pairs.map(({ license, old }) => ({
      ...{
        organization_id: old.owner_id ?? organization_id,
        customer_id: license.customer_id,
        license_id: old.license_id,
      },
      subject_id: license.license_id,
      details: {
        serial: old.serial,
        into: license.serial,
        version: license.product.version,
        quantity: license.quantity,
        overlap_ends_on,
      },
    })),
  )
  await recordAll(
    trx,
    actor,
    'license.upgraded_from',
    pairs.map(({ license, old }) => ({
      ...{
        organization_id: old.owner_id ?? organization_id,
        customer_id: license.customer_id,
        license_id: license.license_id,
      },
      subject_id: old.license_id,
      details: { serial: license.serial, from: old.serial, quantity: license.quantity },
    })),
  )
}

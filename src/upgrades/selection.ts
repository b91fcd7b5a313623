import { type RawBuilder, sql } from 'kysely'
import type { Day, Member } from '../platform/actor.ts'
import type { Config } from '../platform/config.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { type Draft, getDraft } from '../registration/index.ts'
import { pathsOfLicenses, refusalFor, type UpgradeRefusal } from './eligibility.ts'
import { getNotification, mayUpgrade, type Notification } from './notifications.ts'

/** An upgrade under way: the draft, the notification it began with, and the way it goes. */
export type UpgradeDraft = Draft & {
  notification: Notification
  path: { path_id: string; product: string; from_version: string; to_product: string; to_version: string }
}

/**
 * An open upgrade of the actor's organization.
 * @throws AppError as `getDraft` and `getNotification`.
 */
export async function getUpgradeDraft(
  db: Db,
  actor: Member,
  draft_id: string,
  config: Pick<Config, 'vendor'>,
): Promise<UpgradeDraft> {
  const draft = await getDraft(db, actor, draft_id, 'upgrade')
  const { rows } = await sql<UpgradeDraft['path'] & { notification_id: string }>`
    select u.notification_id, p.id as path_id, fp.name as product, f.version as from_version, tp.name as to_product,
      t.version as to_version
    from upgrade_drafts u join campaign_paths p on p.id = u.path_id
    join product_versions f on f.id = p.from_version_id join products fp on fp.id = f.product_id
    join product_versions t on t.id = p.to_version_id join products tp on tp.id = t.product_id
    where u.draft_id = ${draft.id}`.execute(db)
  const { notification_id, ...path } = rows[0]!
  return { ...draft, path, notification: await getNotification(db, actor, notification_id, config) }
}

/** A license that a draft upgrades or could upgrade. */
export type Candidate = {
  license_id: string
  serial: string
  quantity: number
  /** What is not upgraded yet. */
  left: number
  owned: boolean
  registered_to: string | null
  maintenance_until: Day | null
  ends_on: Day | null
  hosts: string[]
  /** How much of it the draft upgrades, or null. */
  selected: number | null
  /** Why it cannot be upgraded any more, for one that was selected before. */
  refusal: UpgradeRefusal | null
}

type Page = { text: string; after: string | undefined; limit: number }

/** A page of the licenses to choose from, in the order in which they came into being. */
export async function listCandidates(db: Db, actor: Member, draft: UpgradeDraft, page: Page): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`
    select l.id as license_id, l.serial, l.quantity, l.quantity - l.upgraded_quantity as left,
      l.owner_id is not null as owned, l.registered_to, l.maintenance_until, l.ends_on,
      array(select distinct k.host_id from license_keys k where k.license_id = l.id and k.superseded_at is null
        and k.revoked_at is null and k.host_id is not null order by 1 limit 4) as hosts,
      s.quantity as selected, ${refusalFor(actor.today)} as refusal
    from ${candidates(actor, draft, page.text)}
      and (s.license_id is not null or ${refusalFor(actor.today)} is null)
      and l.id > coalesce(${page.after ?? null}::uuid, '00000000-0000-0000-0000-000000000000')
    order by l.id limit ${page.limit}::int`.execute(db)
  return rows
}

/** Licenses that can be chosen and are not yet, with what is left of each. */
export async function listUnselected(
  db: Trx,
  actor: Member,
  draft: UpgradeDraft,
  { text, limit }: { text: string; limit: number },
): Promise<{ license_id: string; quantity: number }[]> {
  const { rows } = await sql<{ license_id: string; quantity: number }>`
    select l.id as license_id, l.quantity - l.upgraded_quantity as quantity
    from ${candidates(actor, draft, text)} and s.license_id is null and ${refusalFor(actor.today)} is null
    order by l.id limit ${limit}::int`.execute(db)
  return rows
}

/** What is left of each of these licenses, as far as they can be upgraded by this draft. */
export async function readLeft(
  db: Db | Trx,
  actor: Member,
  draft: UpgradeDraft,
  license_ids: string[],
): Promise<Map<string, number>> {
  if (license_ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; left: number }>`
    select l.id, l.quantity - l.upgraded_quantity as left
    from ${candidates(actor, draft, '')} and l.id = any(${license_ids}::uuid[])
      and ${refusalFor(actor.today)} is null`.execute(db)
  return new Map(rows.map(({ id, left }) => [id, left]))
}

/** `s` is the selection of the draft, if any. Ends in a condition: more may follow. */
function candidates(actor: Member, { id, path, notification }: UpgradeDraft, text: string): RawBuilder<unknown> {
  return sql`${pathsOfLicenses}
    left join upgrade_selections s on s.draft_id = ${id}::uuid and s.license_id = l.id
    where p.id = ${path.path_id}::uuid and l.customer_id = ${notification.customer_id}::uuid
      and (${mayUpgrade(actor, notification)}) and ${holdsText(text)}`
}

/** Of the serial number, the company, or a host, wherever it stands. */
function holdsText(text: string): RawBuilder<boolean> {
  const trimmed = text.trim().slice(0, 100)
  if (trimmed === '') return sql`true`
  const pattern = `%${trimmed.replaceAll(/[\\%_]/g, '\\$&')}%`
  return sql`(l.serial ilike ${pattern} or l.registered_to ilike ${pattern} or exists (
    select from license_keys k where k.license_id = l.id and k.superseded_at is null and k.revoked_at is null
      and k.host_id ilike ${pattern}))`
}

export type Chosen = { licenses: number; quantity: number }

/** How much a draft upgrades so far. */
export async function countChosen(db: Db | Trx, draft_id: string): Promise<Chosen> {
  const { rows } = await sql<Chosen>`
    select count(*)::int as licenses, coalesce(sum(quantity), 0)::int as quantity
    from upgrade_selections where draft_id = ${draft_id}::uuid`.execute(db)
  return rows[0]!
}

import { sql } from 'kysely'
import type { Contact } from '../licenses/index.ts'
import { mostContacts } from '../licenses/index.ts'
import { makeSerialNumber } from '../orders/index.ts'
import { type Actor, type Member, mustBe } from '../platform/actor.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { ok, type Result, refuse } from '../platform/errors.ts'
import { uuidv7 } from '../platform/ids.ts'
import {
  addDraftLicenses,
  detailsSchema,
  dropDraftLicenses,
  fieldIssues,
  lockDraft,
  mostSerials,
  proposeDetails,
} from '../registration/index.ts'
import { type DeployedHost, hostsWithin } from './rules.ts'
import { countChosen, listUnselected, readLeft, type UpgradeDraft } from './selection.ts'

export type Selected = { license_id: string; quantity: number }

/** `too_many`: a draft holds so many licenses at most. `not_eligible`: one of them, or so much of it, is not there. */
export type SelectRefusal = 'too_many' | 'not_eligible'

/**
 * Brings the selection of a draft in line with a page of it: of the licenses `shown`, those in `selected` are
 * upgraded, by the given quantity, and the others are not. Licenses that were not shown stay as they are.
 * @throws AppError `forbidden` unless the actor is a manager, and as `lockDraft`.
 */
export async function selectLicenses(
  db: Db,
  actor: Actor,
  draft: UpgradeDraft,
  input: { shown: string[]; selected: Selected[] },
): Promise<Result<object, SelectRefusal>> {
  mustBe(actor, 'manager')
  return db.transaction().execute(async (trx) => {
    await lockDraft(trx, actor, draft.id)
    const ids = new Set(input.selected.map(({ license_id }) => license_id))
    const left = await readLeft(trx, actor, draft, [...ids])
    if (input.selected.some((one) => one.quantity > (left.get(one.license_id) ?? 0))) return refuse('not_eligible')
    const others = (await readSelections(trx, draft.id)).filter(({ license_id }) => !input.shown.includes(license_id))
    if (others.length + ids.size > mostSerials) return refuse('too_many')
    await deselect(
      trx,
      draft.id,
      input.shown.filter((id) => !ids.has(id)),
    )
    await addSelections(trx, actor, draft.id, input.selected)
    return ok({})
  })
}

/**
 * Selects all that is left of every license that can be upgraded (or of those that hold a text), as far as there is
 * room in the draft. @returns how many were added, and whether all found room.
 * @throws as `selectLicenses`.
 */
export async function selectAll(
  db: Db,
  actor: Actor,
  draft: UpgradeDraft,
  { text }: { text: string },
): Promise<{ added: number; complete: boolean }> {
  mustBe(actor, 'manager')
  return db.transaction().execute(async (trx) => {
    await lockDraft(trx, actor, draft.id)
    const room = mostSerials - (await countChosen(trx, draft.id)).licenses
    const found = await listUnselected(trx, actor, draft, { text, limit: room + 1 })
    const added = found.slice(0, room)
    await addSelections(trx, actor, draft.id, added)
    return { added: added.length, complete: found.length === added.length }
  })
}

/** Takes every license out of a draft. @throws as `selectLicenses`. */
export async function selectNone(db: Db, actor: Actor, draft: UpgradeDraft): Promise<void> {
  mustBe(actor, 'manager')
  await db.transaction().execute(async (trx) => {
    await lockDraft(trx, actor, draft.id)
    const selections = await readSelections(trx, draft.id)
    await dropDraftLicenses(
      trx,
      draft.id,
      selections.map(({ serial }) => serial),
    )
  })
}

/**
 * Puts licenses into a draft, each with the serial number that its new license will have, and with the hosts and
 * answers of the old one. What is there already with the same quantity stays as it is. The caller holds the draft's
 * lock, and knows the licenses to be eligible.
 */
export async function addSelections(
  trx: Trx,
  actor: Member,
  draft_id: string,
  selected: readonly Selected[],
): Promise<void> {
  const known = new Map((await readSelections(trx, draft_id)).map((one) => [one.license_id, one]))
  const fresh = selected.filter(({ license_id, quantity }) => known.get(license_id)?.quantity !== quantity)
  await deselect(
    trx,
    draft_id,
    fresh.map(({ license_id }) => license_id),
  )
  const before = await readBefore(
    trx,
    draft_id,
    fresh.map(({ license_id }) => license_id),
  )
  const rows = fresh.map(({ license_id, quantity }) => ({
    ...{ license_id, quantity, serial: makeSerialNumber(), new_license_id: uuidv7() },
    choices: choicesFrom(before.get(license_id)!, quantity),
  }))
  await addDraftLicenses(trx, draft_id, rows)
  await sql`
    insert into upgrade_selections (draft_id, serial, license_id, new_license_id, quantity)
    select ${draft_id}::uuid, t.* from unnest(${rows.map(({ serial }) => serial)}::text[],
      ${rows.map(({ license_id }) => license_id)}::uuid[], ${rows.map((row) => row.new_license_id)}::uuid[],
      ${rows.map(({ quantity }) => quantity)}::int[]) as t`.execute(trx)
  await proposeDetails(trx, draft_id, detailsFrom([...before.values()], actor))
}

async function deselect(trx: Trx, draft_id: string, license_ids: string[]): Promise<void> {
  const gone = new Set(license_ids)
  const selections = gone.size === 0 ? [] : await readSelections(trx, draft_id)
  await dropDraftLicenses(
    trx,
    draft_id,
    selections.filter(({ license_id }) => gone.has(license_id)).map(({ serial }) => serial),
  )
}

function readSelections(trx: Trx, draft_id: string) {
  return trx
    .selectFrom('upgrade_selections')
    .select(['license_id', 'serial', 'quantity'])
    .where('draft_id', '=', draft_id)
    .execute()
}

/** What is known of an old license that its new one is proposed to have, too. */
type Before = {
  license_id: string
  registered_to: string | null
  contacts: Contact[]
  fields: Record<string, string | number | boolean>
  hosts: DeployedHost[]
  host_types: string[]
  asks_host: boolean
  fields_schema: unknown
  organization: string
}

async function readBefore(trx: Trx, draft_id: string, license_ids: string[]): Promise<Map<string, Before>> {
  const { rows } = await sql<Before>`
    select l.id as license_id, l.registered_to, l.contacts, l.fields, (
        select coalesce(jsonb_agg(jsonb_build_object('type', k.host_type, 'id', k.host_id, 'quantity', k.quantity)
          order by k.host_id), '[]')
        from license_keys k where k.license_id = l.id and k.superseded_at is null and k.revoked_at is null
          and k.host_id is not null and not k.temporary) as hosts,
      t.host_types, t.key_scheme = 'file_host' as asks_host, t.fields_schema, o.name as organization
    from upgrade_drafts u join campaign_paths p on p.id = u.path_id
    join product_versions v on v.id = p.to_version_id join products t on t.id = v.product_id
    join registration_drafts d on d.id = u.draft_id join organizations o on o.id = d.organization_id
    cross join licenses l
    where u.draft_id = ${draft_id}::uuid and l.id = any(${license_ids}::uuid[])`.execute(trx)
  return new Map(rows.map((row) => [row.license_id, row]))
}

function choicesFrom({ hosts, host_types, asks_host, fields, fields_schema }: Before, quantity: number) {
  const usable = asks_host
    ? hostsWithin(
        hosts.filter(({ type }) => host_types.includes(type)),
        quantity,
      )
    : []
  const answered = fields_schema && Object.keys(fields).length > 0 && fieldIssues(fields_schema, fields).length === 0
  return { ...(usable.length > 0 ? { hosts: usable } : {}), ...(answered ? { fields } : {}) }
}

/** The company named most often, else the organization; the contacts of all, else whoever acts. */
function detailsFrom(before: readonly Before[], actor: Member) {
  const companies = Map.groupBy(
    before.filter((one) => one.registered_to),
    (one) => one.registered_to,
  )
  const [company] = [...companies].sort(([, a], [, b]) => b.length - a.length)[0] ?? [null]
  const contacts = new Map(
    before.flatMap((one) => one.contacts).map((contact) => [contact.email.toLowerCase(), contact]),
  )
  const own = { name: actor.name, email: actor.email ?? '', phone: null }
  return detailsSchema.parse({
    registered_to: company ?? before[0]?.organization ?? null,
    contacts: contacts.size > 0 ? [...contacts.values()].slice(0, mostContacts) : [own],
  })
}

import { sql } from 'kysely'
import { z } from 'zod'
import { type Actor, type Member, mustBe } from '../platform/actor.ts'
import { recordAll } from '../platform/audit.ts'
import { type Db, inTransaction, type Trx } from '../platform/db/index.ts'
import { refuse } from '../platform/errors.ts'
import { listTags } from './list-tags.ts'
import { lockOrganization } from './lock-organization.ts'
import { lockLicenses } from './mark-registered.ts'
import { hasLevel } from './visible-licenses.ts'

/** Tags of one license, and different ones in an organization, at most. */
export const mostTags = 20
export const mostDistinctTags = 200
export const longestTag = 40

/** Tags typed with commas or line breaks between: each once, whatever its case. */
export const tagsSchema = z
  .string()
  .max(10_000)
  .default('')
  .transform((text) =>
    onceEach(
      text
        .split(/[,;\n]/)
        .map(cleanTag)
        .filter(Boolean),
    ),
  )
  .refine((tags) => tags.every((tag) => tag.length <= longestTag), { error: 'catalog.tags.too_long' })
  .refine((tags) => tags.length <= mostTags, { error: 'catalog.tags.too_many' })

export type TagInput = {
  license_ids: readonly string[]
  add: readonly string[]
  remove: readonly string[]
  /** Tells what would happen, and changes nothing. */
  dry_run?: boolean
}

export type TagResult =
  /** The organization would have too many different tags; nothing is changed. */
  | { ok: false; refusal: 'too_many_distinct' }
  /** The organization shares licenses by this tag, which nobody does who acts for it; nothing is changed. */
  | { ok: false; refusal: 'shared_tag'; tag: string }
  | {
      ok: true
      /** Ids of the licenses whose tags are others now, and how many had these tags already. */
      changed: string[]
      unchanged: number
      refused: { license_id: string; refusal: 'not_found' | 'too_many_tags' }[]
    }

/**
 * Adds and removes tags of licenses in the actor's catalog, few or thousands, in a fixed number of statements. A tag
 * that the organization has already keeps its spelling; case makes no other tag.
 * @throws AppError `forbidden` unless the actor is a manager.
 */
export async function tagLicenses(db: Db, actor: Actor, input: TagInput): Promise<TagResult> {
  mustBe(actor, 'manager')
  return inTransaction(db, async (trx): Promise<TagResult> => {
    const ids = [...new Set(input.license_ids)].filter((id) => z.guid().safeParse(id).success)
    const found = await lockVisible(trx, actor, ids)
    await lockOrganization(trx, actor)
    const known = new Map((await listTags(trx, actor)).map((tag) => [tag.toLowerCase(), tag]))
    const add = onceEach(input.add.map(cleanTag)).map((tag) => known.get(tag.toLowerCase()) ?? tag)
    const tag = actor.via && (await findSharedTag(trx, actor, [...add, ...input.remove]))
    if (tag) return { ok: false, refusal: 'shared_tag', tag }
    const changes = await changesOf(trx, actor, found, add, input.remove)
    const refused = changes.filter(({ after }) => after > mostTags)
    const changed = changes.filter((change) => change.after <= mostTags && change.added.length + change.removed.length)
    const fresh = new Set(changed.flatMap(({ added }) => added).filter((tag) => !known.has(tag.toLowerCase())))
    if (known.size + fresh.size > mostDistinctTags) return refuse('too_many_distinct')
    if (!input.dry_run) await write(trx, actor, changed)
    return {
      ok: true,
      changed: changed.map(({ license_id }) => license_id),
      unchanged: changes.length - changed.length - refused.length,
      refused: [
        ...input.license_ids
          .filter((id) => !found.includes(id))
          .map((license_id) => ({ license_id, refusal: 'not_found' as const })),
        ...refused.map(({ license_id }) => ({ license_id, refusal: 'too_many_tags' as const })),
      ],
    }
  })
}

/** The first of these tags by which the organization shares or delegates licenses now. */
async function findSharedTag(trx: Trx, { organization_id }: Member, tags: readonly string[]) {
  const given = tags.map((tag) => cleanTag(tag).toLowerCase())
  const { rows } = await sql<{ tag: string }>`select tag from license_grants
    where owner_id = ${organization_id} and ended_at is null and lower(tag) = any(${given}::text[]) limit 1`.execute(
    trx,
  )
  return rows[0]?.tag
}

/** Locks those of the licenses that the actor's catalog shows. */
async function lockVisible(trx: Trx, actor: Member, ids: string[]): Promise<string[]> {
  const { organization_id } = actor
  const isVisible = sql`(${hasLevel(actor, 'view')} or (owner_id is null and exists (
    select from license_bookmarks b where b.license_id = licenses.id and b.organization_id = ${organization_id})))`
  const { rows } = await sql<{ id: string }>`${lockLicenses(ids, isVisible)}`.execute(trx)
  return rows.map(({ id }) => id)
}

type Change = { license_id: string; added: string[]; removed: string[]; after: number }

async function changesOf(
  trx: Trx,
  { organization_id }: Member,
  ids: string[],
  add: readonly string[],
  remove: readonly string[],
): Promise<Change[]> {
  const { rows } = await sql<{ license_id: string; tags: string[] }>`
    select license_id, array_agg(tag) as tags from license_tags
    where license_id = any(${ids}::uuid[]) and organization_id = ${organization_id} group by license_id`.execute(trx)
  const tagsOf = new Map(rows.map(({ license_id, tags }) => [license_id, tags]))
  const gone = new Set(remove.map((tag) => cleanTag(tag).toLowerCase()))
  return ids.map((license_id) => {
    const tags = tagsOf.get(license_id) ?? []
    const added = add.filter((tag) => !tags.includes(tag) && !gone.has(tag.toLowerCase()))
    const removed = tags.filter((tag) => gone.has(tag.toLowerCase()))
    return { license_id, added, removed, after: tags.length + added.length - removed.length }
  })
}

async function write(trx: Trx, actor: Member, changes: Change[]): Promise<void> {
  const { organization_id } = actor
  const added = changes.flatMap(({ license_id, added }) => added.map((tag) => ({ license_id, tag })))
  const removed = changes.flatMap(({ license_id, removed }) => removed.map((tag) => ({ license_id, tag })))
  await sql`
    insert into license_tags (organization_id, license_id, tag, created_at)
    select ${organization_id}, t.license_id, t.tag, ${actor.now}
    from json_to_recordset(${JSON.stringify(added)}::json) as t (license_id uuid, tag text)`.execute(trx)
  await sql`
    delete from license_tags l using json_to_recordset(${JSON.stringify(removed)}::json) as t (license_id uuid, tag text)
    where l.organization_id = ${organization_id} and l.license_id = t.license_id and l.tag = t.tag`.execute(trx)
  await recordAll(
    trx,
    actor,
    'license.tagged',
    changes.map(({ license_id, added, removed }) => ({ organization_id, license_id, details: { added, removed } })),
  )
}

/** Without spaces around and control characters within; the same letters are the same bytes. */
function cleanTag(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
}

function onceEach(tags: string[]): string[] {
  return [...new Map(tags.map((tag) => [tag.toLowerCase(), tag])).values()]
}

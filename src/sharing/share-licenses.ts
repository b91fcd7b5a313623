import { sql } from 'kysely'
import { catalogQuerySchema, foundLicenses, listSearches, lockOwnLicenses, readSerials } from '../licenses/index.ts'
import { type Actor, type Member, mustBe } from '../platform/actor.ts'
import { record, recordAll } from '../platform/audit.ts'
import type { Config } from '../platform/config.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { AppError, ok, type Result, refuse } from '../platform/errors.ts'
import { defineLimit, spend } from '../platform/rate-limits.ts'
import { mailShare } from './emails/mail-share.ts'
import { findGrantee, type NewGrant, storeGrant } from './grants.ts'
import { listGrantableNumbers } from './queries.ts'
import { mostListed, mostNumbers, mostShares } from './rules.ts'
import type { ShareInput } from './schemas.ts'

/** Mails to strangers that an organization can make us send. */
const shareLimit = defineLimit('shares', { capacity: 120, refill_per_minute: 0.2 })

/**
 * `colleague`: works for the same organization and sees all of it · `unknown_serial`, `unknown_number`: not the
 * organization's own · `too_large`: more licenses than a share lists one by one · `ended`: the last day is over.
 */
export type ShareRefusal =
  | 'colleague'
  | 'no_number'
  | 'unknown_number'
  | 'no_serial'
  | 'unknown_serial'
  | 'no_tag'
  | 'no_search'
  | 'too_large'
  | 'too_many'
  | 'ended'

/**
 * Shares licenses of the actor's organization with the organization of a user name. Whether the user name has an
 * account changes nothing that the actor sees: without one, the mail invites, and the share counts from the moment at
 * which the address is confirmed.
 * @throws AppError `forbidden` unless the actor is a manager, `too_many_requests` after very many mails.
 */
export async function shareLicenses(
  db: Db,
  actor: Actor,
  input: ShareInput,
  config: Pick<Config, 'base_url' | 'vendor'>,
): Promise<Result<{ share_id: string }, ShareRefusal>> {
  mustBe(actor, 'manager')
  if (actor.via) throw new AppError('forbidden')
  if (input.ends_on && input.ends_on < actor.today) return refuse('ended')
  await spend(db, shareLimit, actor.organization_id)
  const found = input.scope === 'search' ? await readSearch(db, actor, input.search) : undefined
  if (typeof found === 'string') return refuse(found)
  return db.transaction().execute(async (trx) => {
    const chosen = found ?? (await choose(trx, actor, input))
    if (typeof chosen === 'string') return refuse(chosen)
    if (!(await hasRoom(trx, actor))) return refuse('too_many')
    const grantee = await findGrantee(trx, actor, input.email)
    if (grantee?.is_colleague || input.email === actor.email) return refuse('colleague')
    const { email, scope, level, ends_on } = input
    const grant = { kind: 'share' as const, owner_id: actor.organization_id, email, scope, level, ends_on }
    const share_id = await storeGrant(trx, actor, {
      ...{ ...grant, ...chosen },
      grantee_id: grantee?.organization_id ?? null,
    })
    await note(trx, actor, share_id, { ...grant, ...chosen })
    await mailShare(trx, actor, { email, level, ends_on }, config)
    return ok({ share_id })
  })
}

type Chosen = Pick<NewGrant, 'customer_ids' | 'new_numbers' | 'license_ids' | 'tag' | 'search'>

async function choose(trx: Trx, actor: Member, input: ShareInput): Promise<Chosen | ShareRefusal> {
  if (input.scope === 'customers') return chooseNumbers(trx, actor, input)
  if (input.scope === 'tag') return chooseTag(trx, actor, input.tag)
  const { serials } = readSerials(input.serials)
  if (serials.length === 0) return 'no_serial'
  if (serials.length > mostListed) return 'too_large'
  const ids = await trx
    .selectFrom('licenses')
    .select('id')
    .where('serial', '=', sql<string>`any(${serials}::text[])`)
    .execute()
  const own = await lockOwnLicenses(
    trx,
    actor,
    ids.map(({ id }) => id),
  )
  return own.length < serials.length ? 'unknown_serial' : { license_ids: own.map(({ id }) => id) }
}

async function chooseNumbers(trx: Trx, actor: Member, { customers, new_numbers }: ShareInput) {
  if (customers.length === 0 && !new_numbers) return 'no_number'
  const known = new Map((await listGrantableNumbers(trx, actor)).map(({ number, id }) => [number, id]))
  const ids = customers.map((number) => known.get(number))
  if (ids.some((id) => id === undefined) || ids.length > mostNumbers) return 'unknown_number'
  return { customer_ids: ids as string[], new_numbers }
}

async function chooseTag(trx: Trx, { organization_id }: Member, tag: string): Promise<Chosen | ShareRefusal> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from (
    select from license_tags where organization_id = ${organization_id} and tag = ${tag} limit ${mostListed + 1}) t`.execute(
    trx,
  )
  if (rows[0]!.count === 0) return 'no_tag'
  return rows[0]!.count > mostListed ? 'too_large' : { tag }
}

/** What a saved search finds among the own licenses; a job looks again each night. */
async function readSearch(db: Db, actor: Member, id: string): Promise<Chosen | ShareRefusal> {
  const search = (await listSearches(db, actor)).find((one) => one.id === id)
  if (!search) return 'no_search'
  const license_ids = await findOwn(db, actor, search.query)
  return license_ids ? { license_ids, search: { name: search.name, query: search.query } } : 'too_large'
}

/** The own licenses that the address of a catalog page finds; undefined for more than a share lists. */
export async function findOwn(db: Db, actor: Member, query: string): Promise<string[] | undefined> {
  const question = catalogQuerySchema.parse({ ...Object.fromEntries(new URLSearchParams(query)), source: 'own' })
  const ids: string[] = []
  for await (const found of foundLicenses(db, actor, question)) {
    ids.push(...found)
    if (ids.length > mostListed) return undefined
  }
  return ids
}

/** The lock of the organization makes the second of two who share at once count what the first one did. */
async function hasRoom(trx: Trx, { organization_id }: Member): Promise<boolean> {
  await sql`select from organizations where id = ${organization_id} for no key update`.execute(trx)
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from license_grants
    where owner_id = ${organization_id} and kind = 'share' and ended_at is null`.execute(trx)
  return rows[0]!.count < mostShares
}

async function note(trx: Trx, actor: Member, share_id: string, grant: Omit<NewGrant, 'grantee_id'>): Promise<void> {
  const { organization_id } = actor
  const { email, scope, level, ends_on, tag, search, customer_ids = [], license_ids = [] } = grant
  const common = { email, level, ends_on }
  await record(trx, actor, 'share.created', {
    ...{ organization_id, subject_id: share_id },
    details: {
      ...{ ...common, scope, tag, search: search?.name, numbers: customer_ids.length, licenses: license_ids.length },
    },
  })
  if (scope !== 'licenses') return
  const subjects = license_ids.map((license_id) => ({
    organization_id,
    license_id,
    subject_id: share_id,
    details: common,
  }))
  await recordAll(trx, actor, 'license.shared', subjects)
}

import { randomBytes } from 'node:crypto'
import { resolveTxt } from 'node:dns/promises'
import { sql } from 'kysely'
import { z } from 'zod'
import { type Actor, type Member, mustBe } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { AppError, ok, type Result, refuse } from '../platform/errors.ts'
import { isPublic, mostDomains, proofOf } from './rules.ts'

/** A domain as its owner types it: `Acme.example`, with or without an @ before it. */
export const domainSchema = z.object({
  domain: z
    .string()
    .trim()
    .toLowerCase()
    .transform((text) => text.replace(/^.*@/, '').replace(/\.$/, ''))
    .pipe(
      z
        .string()
        .max(253)
        .regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/, { error: 'form.invalid' }),
    ),
})

/** Looks up the texts of a TXT record; rejects where there is none. */
export type ResolveTxt = (name: string) => Promise<string[][]>

/**
 * Names a domain of the actor's organization; it counts once it is verified.
 * @throws AppError `forbidden` unless the actor is an administrator.
 */
export async function addDomain(
  db: Db,
  actor: Actor,
  { domain }: { domain: string },
): Promise<Result<object, 'public' | 'known' | 'too_many'>> {
  mustBe(actor, 'administrator')
  if (isPublic(domain)) return refuse('public')
  return db.transaction().execute(async (trx) => {
    const domains = await lockDomains(trx, actor)
    if (domains.includes(domain)) return refuse('known')
    if (domains.length >= mostDomains) return refuse('too_many')
    const { organization_id, user_id, now } = actor
    const token = randomBytes(18).toString('base64url')
    await trx
      .insertInto('organization_domains')
      .values({ organization_id, domain, token, added_at: now, added_by: user_id })
      .execute()
    await record(trx, actor, 'domain.added', { organization_id, details: { domain } })
    return ok({})
  })
}

/**
 * Verifies a domain by its TXT record. Asking the domain's name servers is done before the transaction.
 * @throws AppError `forbidden` unless the actor is an administrator, `not_found` for a domain not named before.
 */
export async function verifyDomain(
  db: Db,
  actor: Actor,
  { domain }: { domain: string },
  resolve: ResolveTxt = resolveTxt,
): Promise<Result<object, 'no_record'>> {
  mustBe(actor, 'administrator')
  const { organization_id, now } = actor
  const found = await db
    .selectFrom('organization_domains')
    .select('token')
    .where('organization_id', '=', organization_id)
    .where('domain', '=', domain)
    .executeTakeFirst()
  if (!found) throw new AppError('not_found')
  const { name, text } = proofOf(domain, found.token)
  // Whatever goes wrong on the way to a name server means that nothing is proven.
  const texts = await resolve(name).catch(() => [])
  if (!texts.some((parts) => parts.join('').trim() === text)) return refuse('no_record')
  await db.transaction().execute(async (trx) => {
    const verified = await trx
      .updateTable('organization_domains')
      .set({ verified_at: now })
      .where('organization_id', '=', organization_id)
      .where('domain', '=', domain)
      .where('verified_at', 'is', null)
      .returning('domain')
      .executeTakeFirst()
    if (verified) await record(trx, actor, 'domain.verified', { organization_id, details: { domain } })
  })
  return ok({})
}

/** Takes a domain away. @throws AppError `forbidden` unless the actor is an administrator. */
export async function removeDomain(db: Db, actor: Actor, { domain }: { domain: string }): Promise<void> {
  mustBe(actor, 'administrator')
  const { organization_id } = actor
  await db.transaction().execute(async (trx) => {
    const removed = await trx
      .deleteFrom('organization_domains')
      .where('organization_id', '=', organization_id)
      .where('domain', '=', domain)
      .returning('domain')
      .executeTakeFirst()
    if (removed) await record(trx, actor, 'domain.removed', { organization_id, details: { domain } })
  })
}

async function lockDomains(trx: Trx, { organization_id }: Member): Promise<string[]> {
  await sql`select from organizations where id = ${organization_id} for no key update`.execute(trx)
  const rows = await trx
    .selectFrom('organization_domains')
    .select('domain')
    .where('organization_id', '=', organization_id)
    .execute()
  return rows.map(({ domain }) => domain)
}

import { sql } from 'kysely'
import { type Actor, mustOperate, systemActor } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { type Locale, locales } from '../platform/i18n.ts'
import { uuidv7 } from '../platform/ids.ts'
import { defaultAgreement } from './agreement/index.ts'

export type Agreement = { id: string; version: string; published_at: Date; locale: Locale; body: string }

/** The User Agreement in force, in the language asked for; the one that comes with the portal if there is no other. */
export async function getCurrentAgreement(db: Db | Trx, locale: Locale, now: Date): Promise<Agreement> {
  const found = await findCurrentAgreement(db, locale, now)
  if (found) return found
  await publishDefaultAgreement(db)
  const published = await findCurrentAgreement(db, locale, now)
  if (!published) throw new Error('every version of the User Agreement lies in the future')
  return published
}

async function findCurrentAgreement(db: Db | Trx, locale: Locale, now: Date): Promise<Agreement | undefined> {
  const { rows } = await sql<Agreement>`
    select a.id, a.version, a.published_at, x.locale, x.body
    from (select * from agreements where published_at <= ${now} order by published_at desc, id desc limit 1) a
    join agreement_texts x on x.agreement_id = a.id
    order by x.locale = ${locale} desc, x.locale = 'en' desc, x.locale
    limit 1`.execute(db)
  return rows[0]
}

/**
 * Puts a new version of the User Agreement in force: everybody must accept it at the next visit.
 * @throws AppError `forbidden` unless an operator administrator or the portal itself; `stale` when the version exists.
 */
export async function publishAgreement(
  db: Db,
  actor: Actor,
  input: { version: string; texts: Record<Locale, string> },
): Promise<{ agreement_id: string }> {
  mustOperate(actor, 'administrator')
  return db.transaction().execute(async (trx) => {
    const agreement_id = await insertAgreement(trx, actor, { ...input, published_at: actor.now })
    if (!agreement_id) throw new AppError('stale', `agreement ${input.version} was published before`)
    return { agreement_id }
  })
}

/** Publishes the agreement that comes with the portal, once; safe when several nodes do it at the same time. */
async function publishDefaultAgreement(db: Db | Trx): Promise<void> {
  const { version, texts, published_at } = defaultAgreement
  const portal = systemActor('portal')
  if (db.isTransaction) await insertAgreement(db as Trx, portal, { version, texts, published_at })
  else await db.transaction().execute((trx) => insertAgreement(trx, portal, { version, texts, published_at }))
}

async function insertAgreement(
  trx: Trx,
  actor: Actor,
  { version, texts, published_at }: { version: string; texts: Record<Locale, string>; published_at: Date },
): Promise<string | undefined> {
  const agreement = await trx
    .insertInto('agreements')
    .values({ id: uuidv7(), version, published_at })
    .onConflict((conflict) => conflict.column('version').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!agreement) return undefined
  const rows = locales.map((locale) => ({ agreement_id: agreement.id, locale, body: texts[locale] }))
  await trx.insertInto('agreement_texts').values(rows).execute()
  await record(trx, actor, 'agreement.published', { subject_id: agreement.id, details: { version } })
  return agreement.id
}

/**
 * Records that the actor accepted a version of the User Agreement; a second time changes nothing.
 * @throws AppError `stale` when another version is in force by now.
 */
export async function acceptAgreement(db: Db, actor: Actor & { user_id: string }, agreement_id: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const current = await getCurrentAgreement(trx, actor.locale, actor.now)
    if (current.id !== agreement_id) throw new AppError('stale', 'a newer agreement is in force')
    await insertAcceptance(trx, actor, current)
  })
}

/** In the caller's transaction. */
export async function insertAcceptance(
  trx: Trx,
  actor: Actor & { user_id: string },
  agreement: Pick<Agreement, 'id' | 'version'>,
): Promise<void> {
  const { user_id, now, address, locale } = actor
  const inserted = await trx
    .insertInto('agreement_acceptances')
    .values({ user_id, agreement_id: agreement.id, accepted_at: now, address, locale })
    .onConflict((conflict) => conflict.columns(['user_id', 'agreement_id']).doNothing())
    .returning('user_id')
    .executeTakeFirst()
  if (!inserted) return
  await record(trx, actor, 'agreement.accepted', { subject_id: agreement.id, details: { version: agreement.version } })
}

import { sql } from 'kysely'
import { dayOf, type Member, type Role, systemActor } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { isLocale } from '../platform/i18n.ts'
import type { DownloadLink } from './download-link.ts'
import { listOffers } from './entitlement.ts'
import { countryOf } from './queries.ts'
import { fileName, isOfferedIn } from './rules.ts'

/** A file that may be downloaded now, by whom, and by the right of which license. */
export type Target = {
  actor: Member
  link_id: string
  license_id: string
  file: {
    id: string
    release_id: string
    product_id: string
    product_code: string
    version: string
    name: string
    size: number
    sha256: string
    storage_key: string
    published_at: Date
    countries: string[]
  }
}

type From = { now: Date; address: string | null; request_id: string | null }

/**
 * The file behind a link, for the person it was made for: everything is asked anew, so that a link ends with a role, a
 * membership, maintenance or a withdrawn release.
 * @throws AppError `not_found` when that person may not download the file now.
 */
export async function getTarget(db: Db, link: DownloadLink, name: string, from: From): Promise<Target> {
  if (!fileName.test(name)) throw new AppError('not_found')
  const actor = await findActor(db, link, from)
  const file = await findFile(db, link, name)
  if (!actor || !file) throw new AppError('not_found')
  const { product_id, release_id } = file
  const [offer] = await listOffers(db, actor, { product_id, release_id })
  const isOffered = isOfferedIn(file.countries, await countryOf(db, actor.organization_id))
  if (!offer || offer.refusal || !isOffered) throw new AppError('not_found')
  return { actor, link_id: link.id, license_id: offer.license.id, file }
}

/** A member who is a downloader or more, at a confirmed address. */
async function findActor(db: Db, { user, organization }: DownloadLink, from: From): Promise<Member | undefined> {
  const row = await db
    .selectFrom('memberships as m')
    .innerJoin('auth.user as u', 'u.id', 'm.user_id')
    .select(['u.name', 'u.email', 'u.locale', 'u.timeZone', 'm.role'])
    .where('m.user_id', '=', user)
    .where('m.organization_id', '=', organization)
    .where('m.role', '<>', 'viewer')
    .where('u.emailVerified', '=', true)
    .executeTakeFirst()
  if (!row) return undefined
  const { name, email, locale, timeZone: time_zone, role } = row
  const who = { kind: 'user' as const, user_id: user, organization_id: organization, name, email, role: role as Role }
  const when = {
    ...from,
    time_zone,
    today: dayOf(from.now, time_zone),
    locale: isLocale(locale) ? locale : 'en',
  } as const
  return { ...systemActor(name, from.now), ...who, ...when }
}

function findFile(db: Db, { file, user, organization }: DownloadLink, name: string) {
  return db
    .selectFrom('release_files as f')
    .innerJoin('releases as r', 'r.id', 'f.release_id')
    .innerJoin('product_versions as v', 'v.id', 'r.product_version_id')
    .innerJoin('products as p', 'p.id', 'v.product_id')
    .select(['f.id', 'f.release_id', 'v.product_id', 'p.code as product_code', 'v.version', 'f.name', 'f.size'])
    .select(['f.sha256', 'f.storage_key', 'f.published_at', 'f.countries'])
    .where('f.id', '=', file)
    .where('f.name', '=', name)
    .where('f.published_at', 'is not', null)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('software_terms_acceptances as a')
          .select('a.user_id')
          .whereRef('a.release_id', '=', 'r.id')
          .whereRef('a.terms_id', '=', 'r.terms_id')
          .where('a.organization_id', '=', organization)
          .where('a.user_id', '=', user),
      ),
    )
    .$castTo<Target['file']>()
    .executeTakeFirst()
}

/**
 * Notes that a link is followed, before the first byte: a server that is killed leaves a download that was begun. The
 * first time is an event; further connections and attempts are the same download.
 */
export async function noteDownload(
  db: Db,
  { actor, link_id, license_id, file }: Target,
  { agent, by_store }: { agent: string | null; by_store: boolean },
): Promise<void> {
  const { organization_id, user_id, address, now } = actor
  const details = { product: file.product_code, version: file.version, file: file.name, bytes: file.size }
  await db.transaction().execute(async (trx) => {
    const { first } = await trx
      .insertInto('downloads')
      .values({
        ...{
          id: link_id,
          file_id: file.id,
          release_id: file.release_id,
          organization_id,
          user_id,
          license_id,
          address,
        },
        ...{ started_at: now, last_at: now, agent: agent?.slice(0, 200) ?? null, by_store },
      })
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet({ requests: sql`downloads.requests + 1`, last_at: now }),
      )
      .returning(sql<boolean>`xmax = 0`.as('first'))
      .executeTakeFirstOrThrow()
    if (first)
      await record(trx, actor, 'software.downloaded', { organization_id, license_id, subject_id: file.id, details })
  })
}

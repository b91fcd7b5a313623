import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { type Actor, mustOperate } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Config } from '../platform/config.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { ok, type Result, refuse } from '../platform/errors.ts'
import { enqueue } from '../platform/jobs/index.ts'
import { type LockedRelease, lockRelease } from './lock-release.ts'
import { manifestOf } from './manifest.ts'
import { type SigningKey, signDigest } from './minisign.ts'
import { activeReleaseKey } from './release-keys.ts'
import { tellAboutRelease } from './tell-about-release.ts'

type Needs = { db: Db; config: Pick<Config, 'key_encryption_key'> }
type Why = 'withdrawn' | 'nothing_new' | 'no_terms' | 'too_early' | 'stale'

/**
 * Shows a release with all its files to those who may have it, or the files that were added to a published one, and
 * signs the list of what there is now. Files still under way stay out. Subscribers are told by a job, once.
 * @throws AppError `forbidden` unless the actor is an operator for the catalog, `not_found`.
 */
export async function publishRelease(
  { db, config }: Needs,
  actor: Actor,
  { release_id, revision }: { release_id: string; revision?: number },
): Promise<Result<{ files: number }, Why>> {
  mustOperate(actor, 'catalog')
  const key = await activeReleaseKey(db, config)
  return db.transaction().execute(async (trx) => {
    const release = await lockRelease(trx, release_id)
    const terms_id = await latestTerms(trx, release.product_id)
    const files = await countStaged(trx, release_id)
    const refusal = refusalOf(release, { revision, terms_id, files, today: actor.today })
    if (refusal) return refuse(refusal)
    await store(trx, actor, release, { key, terms_id: terms_id! })
    await record(trx, actor, 'release.published', { subject_id: release_id, details: { files } })
    if (release.state === 'staged') await enqueue(trx, tellAboutRelease, { release_id }, { key: release_id })
    return ok({ files })
  })
}

type Facts = { revision: number | undefined; terms_id: string | undefined; files: number; today: string }

function refusalOf(release: LockedRelease, { revision, terms_id, files, today }: Facts): Why | null {
  if (revision !== undefined && revision !== release.revision) return 'stale'
  if (release.state === 'withdrawn') return 'withdrawn'
  if (release.released_on > today) return 'too_early'
  if (files === 0) return 'nothing_new'
  return terms_id ? null : 'no_terms'
}

/** Those of the product, else those for all products. */
async function latestTerms(trx: Trx, product_id: string): Promise<string | undefined> {
  const terms = await trx
    .selectFrom('software_terms')
    .select('id')
    .where((where) => where.or([where('product_id', '=', product_id), where('product_id', 'is', null)]))
    .orderBy('product_id', (order) => order.asc().nullsLast())
    .orderBy('number', 'desc')
    .executeTakeFirst()
  return terms?.id
}

async function countStaged(trx: Trx, release_id: string): Promise<number> {
  const { count } = await trx
    .selectFrom('release_files')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('release_id', '=', release_id)
    .where('published_at', 'is', null)
    .executeTakeFirstOrThrow()
  return count
}

async function store(trx: Trx, { now }: Actor, release: LockedRelease, given: { key: SigningKey; terms_id: string }) {
  const { key, terms_id } = given
  const files = await trx
    .updateTable('release_files')
    .set({ published_at: sql`coalesce(published_at, ${now}::timestamptz)` })
    .where('release_id', '=', release.id)
    .returning(['name', 'sha256'])
    .execute()
  const manifest = manifestOf(files)
  const digest = createHash('blake2b512').update(manifest).digest()
  const comment = `${release.product_code} ${release.version} ${now.toISOString()}`
  const signed = { manifest, manifest_signature: signDigest(key, digest, comment), key_id: key.id }
  const isFirst = release.state === 'staged'
  await trx
    .updateTable('releases')
    .set({
      ...signed,
      revision: release.revision + 1,
      ...(isFirst && { state: 'published', published_at: now, terms_id }),
    })
    .where('id', '=', release.id)
    .execute()
}

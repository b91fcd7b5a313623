import { sql } from 'kysely'
import { z } from 'zod'
import { dayOf, type Member, systemActor } from '../platform/actor.ts'
import { recordAll } from '../platform/audit.ts'
import type { Db } from '../platform/db/index.ts'
import { defineJob } from '../platform/jobs/index.ts'
import { findOwn } from './share-licenses.ts'

/** Every hour: notes the end of what ended by its last day. It counted no more from that moment on anyway. */
export const endSharesJob = defineJob('sharing.end_shares', {
  payload: z.object({}),
  cron: '7 * * * *',
  async run({ services: { db } }) {
    await endShares(db, new Date())
  },
})

/** @returns how many ended; a second run at once ends none twice. */
export async function endShares(db: Db, now: Date): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ id: string; owner_id: string; kind: string; grantee_email: string; level: string }>`
      update license_grants set ended_at = ends_at where id in (
        select id from license_grants where ended_at is null and ends_at <= ${now} order by id for update skip locked)
      returning id, owner_id, kind, grantee_email, level`.execute(trx)
    // Whoever confirmed an address at the very moment of being invited met neither trigger.
    await sql`select bind_grants(u.id) from license_grants g join auth."user" u on u.email = g.grantee_email
      where g.grantee_id is null and g.ended_at is null and u."emailVerified"`.execute(trx)
    const actor = systemActor('sharing', now)
    for (const kind of ['share', 'delegation']) {
      const ended = rows.filter((row) => row.kind === kind)
      const subjects = ended.map(({ id, owner_id, grantee_email: email, level }) => ({
        ...{ organization_id: owner_id, subject_id: id, details: { email, level } },
      }))
      await recordAll(trx, actor, `${kind}.ended`, subjects)
    }
    return rows.length
  })
}

/** Every night: what shared searches find now. */
export const refreshSearchesJob = defineJob('sharing.refresh_searches', {
  payload: z.object({}),
  cron: '41 2 * * *',
  async run({ services: { db } }) {
    await refreshSearches(db, new Date())
  },
})

/** Lists anew what each shared search finds. One that finds too much stays as it was; one that fails keeps no other. */
export async function refreshSearches(db: Db, now: Date): Promise<void> {
  const shares = await db
    .selectFrom('license_grants as g')
    .innerJoin('auth.user as u', 'u.id', 'g.created_by')
    .select(['g.id', 'g.owner_id', 'g.created_by', 'g.search_query', 'u.timeZone as time_zone'])
    .where('g.scope', '=', 'search')
    .where('g.ended_at', 'is', null)
    .orderBy('g.id')
    .execute()
  const failures: unknown[] = []
  for (const { id, owner_id: organization_id, created_by: user_id, search_query, time_zone } of shares) {
    const today = dayOf(now, time_zone)
    const base = { ...systemActor('sharing', now), time_zone, today }
    const owner: Member = { ...base, user_id, organization_id, role: 'viewer' }
    await relist(db, owner, id, search_query!).catch((error: unknown) => failures.push(error))
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} shared searches were not renewed`)
}

async function relist(db: Db, owner: Member, grant_id: string, query: string): Promise<void> {
  const ids = await findOwn(db, owner, query)
  if (!ids) return
  await db.transaction().execute(async (trx) => {
    await sql`delete from license_grant_licenses where grant_id = ${grant_id} and license_id <> all(${ids}::uuid[])`.execute(
      trx,
    )
    await sql`insert into license_grant_licenses (grant_id, license_id)
      select ${grant_id}::uuid, unnest(${ids}::uuid[]) on conflict do nothing`.execute(trx)
  })
}

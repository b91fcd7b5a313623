import { sql } from 'kysely'
import { z } from 'zod'
import { systemActor } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { defineJob } from '../platform/jobs/index.ts'
import type { Services } from '../platform/services.ts'
import { openStorage } from '../platform/storage/index.ts'
import { abandonUpload } from './begin-upload.ts'
import { uploadDays } from './rules.ts'

/** Hourly: files that nobody went on sending give back their room and their name. */
export const giveUpUploads = defineJob('downloads.give_up_uploads', {
  payload: z.object({}),
  cron: '41 * * * *',
  run: ({ services }) => giveUp(services, new Date()),
})

/** Nightly: where closed accounts downloaded from is forgotten; which file it was stays. */
export const forgetClosed = defineJob('downloads.forget_closed', {
  payload: z.object({}),
  cron: '50 2 * * *',
  run: ({ services }) => forgetAddresses(services.db),
})

/** Closing an account leaves a login with an address in `closed.invalid`. */
export async function forgetAddresses(db: Db): Promise<void> {
  const closed = sql`(select id from auth."user" where email like '%@closed.invalid')`
  await sql`update downloads set address = null, agent = null
    where (address is not null or agent is not null) and user_id in ${closed}`.execute(db)
  await sql`update software_terms_acceptances set address = null
    where address is not null and user_id in ${closed}`.execute(db)
}

/** Each by itself: what cannot be given up now does not hold up the others. */
export async function giveUp({ db, config }: Pick<Services, 'db' | 'config'>, now: Date): Promise<void> {
  const before = new Date(now.getTime() - uploadDays * 86_400_000)
  const old = await db.selectFrom('release_uploads').select('id').where('touched_at', '<', before).limit(1000).execute()
  const actor = systemActor('upload given up', now)
  const needs = { db, storage: openStorage(config) }
  const outcomes = await Promise.allSettled(old.map(({ id }) => abandonUpload(needs, actor, id)))
  const failures = outcomes.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} uploads were not given up`)
}

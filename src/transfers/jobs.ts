import { sql } from 'kysely'
import { z } from 'zod'
import { systemActor } from '../platform/actor.ts'
import { recordAll } from '../platform/audit.ts'
import type { Db } from '../platform/db/index.ts'
import { defineJob } from '../platform/jobs/index.ts'

/** Every hour: offers that nobody answered in time. They could not be accepted any more anyway. */
export const expireOffersJob = defineJob('transfers.expire_offers', {
  payload: z.object({}),
  cron: '17 * * * *',
  async run({ services: { db } }) {
    await expireOffers(db, new Date())
  },
})

/** @returns how many ended. */
export async function expireOffers(db: Db, now: Date): Promise<number> {
  return db.transaction().execute(async (trx) => {
    // Whoever confirmed an address at the very moment of being asked met neither trigger.
    await sql`select bind_transfers(u.id) from ownership_transfers t join auth."user" u on u.email = t.to_email
      where t.to_id is null and t.state = 'offered' and u."emailVerified"`.execute(trx)
    const { rows } = await sql<{ id: string; from_id: string }>`
      update ownership_transfers set state = 'expired', decided_at = ${now} where id in (
        select id from ownership_transfers where state = 'offered' and expires_at <= ${now} order by id
        for update skip locked)
      returning id, from_id`.execute(trx)
    const subjects = rows.map(({ id, from_id }) => ({ organization_id: from_id, subject_id: id }))
    await recordAll(trx, systemActor('transfers', now), 'transfer.expired', subjects)
    return rows.length
  })
}

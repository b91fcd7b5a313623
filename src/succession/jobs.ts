import { z } from 'zod'
import { makeAdministrator } from '../organizations/index.ts'
import { systemActor } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Config } from '../platform/config.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { defineJob } from '../platform/jobs/index.ts'
import { lockRecovery } from './ask-recovery.ts'
import { tellAll } from './emails/tell-all.ts'
import { listRecoverable } from './queries.ts'
import { remindDays } from './rules.ts'

type MailConfig = Pick<Config, 'base_url' | 'vendor'>

/** Every hour: recoveries whose waiting period is over, or nearly. */
export const settleRecoveriesJob = defineJob('succession.settle', {
  payload: z.object({}),
  cron: '33 * * * *',
  async run({ services: { db, config } }) {
    await settleRecoveries(db, new Date(), config)
  },
})

/** Each is a transaction of its own; run twice at once, each is settled once. One that fails keeps no other. */
export async function settleRecoveries(db: Db, now: Date, config: MailConfig): Promise<void> {
  const near = new Date(now.getTime() + remindDays * 86_400_000)
  const rows = await db
    .selectFrom('recoveries')
    .select('id')
    .where('state', '=', 'waiting')
    .where('due_at', '<=', near)
    .orderBy('id')
    .execute()
  const failures: unknown[] = []
  for (const { id } of rows) {
    const settling = db.transaction().execute((trx) => settle(trx, id, now, config))
    await settling.catch((error: unknown) => failures.push(error))
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} recoveries were not settled`)
}

async function settle(trx: Trx, id: string, now: Date, config: MailConfig): Promise<void> {
  const recovery = await lockRecovery(trx, id)
  if (recovery?.state !== 'waiting') return
  const due = recovery.due_at <= now
  if (!due && recovery.reminded_at) return
  const { organization_id, user_id } = recovery
  const actor = systemActor('succession', now)
  if (!(await isStillDue(trx, recovery, now))) {
    await trx.updateTable('recoveries').set({ state: 'stopped', ended_at: now }).where('id', '=', id).execute()
    await record(trx, actor, 'recovery.stopped', { organization_id, subject_id: user_id })
    return tellAll(trx, now, id, 'stopped', config)
  }
  if (!due) {
    await trx.updateTable('recoveries').set({ reminded_at: now }).where('id', '=', id).execute()
    return tellAll(trx, now, id, 'reminded', config)
  }
  await trx.updateTable('recoveries').set({ state: 'completed', ended_at: now }).where('id', '=', id).execute()
  await makeAdministrator(trx, actor, { organization_id, user_id })
  await record(trx, actor, 'recovery.completed', { organization_id, subject_id: user_id })
  return tellAll(trx, now, id, 'completed', config)
}

/** An administrator who came back ends it, and so does an asker who may ask no more. */
async function isStillDue(
  trx: Trx,
  { organization_id, user_id }: { organization_id: string; user_id: string },
  now: Date,
) {
  const user = await trx
    .selectFrom('auth.user')
    .select('email')
    .where('id', '=', user_id)
    .where('emailVerified', '=', true)
    .executeTakeFirst()
  if (!user) return false
  const recoverable = await listRecoverable(trx, { user_id, email: user.email }, now)
  return recoverable.some((one) => one.organization_id === organization_id)
}

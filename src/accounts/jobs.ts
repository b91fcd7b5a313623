import { z } from 'zod'
import { defineJob } from '../platform/jobs/index.ts'
import { pruneRateLimits } from '../platform/rate-limits.ts'

/** Every night: sessions and links that have ended, and rate limits that are full again. */
export const clearEndedJob = defineJob('accounts.clear_ended', {
  payload: z.object({}),
  cron: '17 3 * * *',
  async run({ services: { db } }) {
    const now = new Date()
    await db.deleteFrom('auth.session').where('expiresAt', '<', now).execute()
    await db.deleteFrom('auth.verification').where('expiresAt', '<', now).execute()
    await pruneRateLimits(db, now)
  },
})

import { z } from 'zod'
import { defineJob } from '../platform/jobs/index.ts'
import { pruneRateLimits } from '../platform/rate-limits.ts'

/**
 * Every night: sessions and links that have ended, new addresses a month after, authenticator apps that nobody finished
 * to set up, and rate limits that are full again.
 */
export const clearEndedJob = defineJob('accounts.clear_ended', {
  payload: z.object({}),
  cron: '17 3 * * *',
  async run({ services: { db } }) {
    const now = new Date()
    await db.deleteFrom('auth.session').where('expiresAt', '<', now).execute()
    await db.deleteFrom('auth.verification').where('expiresAt', '<', now).execute()
    const [yesterday, aMonthAgo] = [1, 30].map((days) => new Date(now.getTime() - days * 86_400_000)) as [Date, Date]
    await db.deleteFrom('email_changes').where('expires_at', '<', aMonthAgo).execute()
    await db.deleteFrom('totp_secrets').where('confirmed_at', 'is', null).where('created_at', '<', yesterday).execute()
    await pruneRateLimits(db, now)
  },
})

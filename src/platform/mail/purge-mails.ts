import { z } from 'zod'
import { defineJob } from '../jobs/index.ts'

/** Days for which a sent mail, and one refused for good, can be looked up: links and license keys stand in them. */
const daysKept = 30

/** Every night: mails that nobody needs to look up any more. */
export const purgeMails = defineJob('mail.purge', {
  payload: z.object({}),
  cron: '47 3 * * *',
  async run({ services: { db } }) {
    const before = new Date(Date.now() - daysKept * 86_400_000)
    await db
      .deleteFrom('mails')
      .where('created_at', '<', before)
      .where((e) => e.or([e('sent_at', '<', before), e('parked_at', '<', before)]))
      .execute()
  },
})

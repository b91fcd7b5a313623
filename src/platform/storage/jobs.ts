import { z } from 'zod'
import { defineJob } from '../jobs/index.ts'
import { openStorage } from './open-storage.ts'

/** Uploads are given up after a week at most; what is older was left by a crash. */
const keptFor = 8 * 86_400_000

/** Nightly: room taken by files that never became whole is given back. */
export const sweepStorage = defineJob('storage.sweep', {
  payload: z.object({}),
  cron: '20 3 * * *',
  async run({ services }) {
    const removed = await openStorage(services.config).sweep(new Date(Date.now() - keptFor))
    if (removed > 0) services.log.info({ removed }, 'unfinished files removed')
  },
})

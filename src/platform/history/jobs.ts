import { z } from 'zod'
import { defineJob } from '../jobs/index.ts'
import { checkpointHistory } from './checkpoint-history.ts'

/** Every night: how far each history has come. */
export const checkpointJob = defineJob('history.checkpoint', {
  payload: z.object({}),
  cron: '42 2 * * *',
  timeout: 3600,
  async run({ services }) {
    const { number, histories } = await checkpointHistory(services)
    services.log.info({ checkpoint: number, histories }, 'history checkpoint made')
  },
})

import { z } from 'zod'
import { defineJob } from '../platform/jobs/index.ts'
import { purgeDeletedFields } from './delete-field.ts'

/** Removes long deleted fields every night. */
export const purgeFields = defineJob('fields.purge', {
  payload: z.object({}),
  cron: '37 3 * * *',
  run: ({ services }) => purgeDeletedFields(services.db, new Date()),
})

import { z } from 'zod'
import { defineJob } from '../platform/jobs/index.ts'
import { openStorage } from '../platform/storage/index.ts'
import { purgeFiles } from './files.ts'

const day = 86_400_000

/** Every night: files that became part of no request are removed. */
export const purgeRequestFiles = defineJob('requests.purge_files', {
  payload: z.object({}),
  cron: '53 3 * * *',
  async run({ services }) {
    await purgeFiles(services.db, openStorage(services.config), new Date(Date.now() - day))
  },
})

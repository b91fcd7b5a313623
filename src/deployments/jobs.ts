import { z } from 'zod'
import { activeSigner } from '../keys/index.ts'
import { defineJob } from '../platform/jobs/index.ts'
import type { Services } from '../platform/services.ts'
import { restoreHost, settleTemporaryKeys } from './settle-temporary-keys.ts'

/** Gives an old host its key back after a refusal: signing is no work for the operator's transaction. */
export const restoreOldHost = defineJob('deployments.restore_old_host', {
  payload: z.object({ license_id: z.uuid(), organization_id: z.uuid() }),
  pause: 2,
  longest_pause: 300,
  async run({ services }, which) {
    await restoreHost(services.db, which, await issuingOf(services), new Date())
  },
})

/** Every hour: temporary keys that would run out while their request is undecided. */
export const settleTemporary = defineJob('deployments.settle_temporary_keys', {
  payload: z.object({}),
  cron: '23 * * * *',
  async run({ services }) {
    await settleTemporaryKeys(services.db, await issuingOf(services), new Date())
  },
})

async function issuingOf({ db, config }: Services) {
  return { config, signer: await activeSigner(db, config) }
}

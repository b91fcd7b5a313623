/** Every job of the portal: what a worker runs. */
import { clearEndedJob } from './accounts/index.ts'
import { bulkJob, purgeBulks } from './bulk/index.ts'
import { restoreOldHost, settleTemporary } from './deployments/index.ts'
import { forgetClosed, giveUpUploads, tellAboutRelease } from './downloads/index.ts'
import { purgeFields } from './fields/index.ts'
import { countAgain } from './home/index.ts'
import { askAccessJob } from './organizations/index.ts'
import { checkpointJob } from './platform/history/index.ts'
import type { AnyJob } from './platform/jobs/index.ts'
import { mailJobs } from './platform/mail/index.ts'
import { sweepStorage } from './platform/storage/index.ts'
import { completeDraft, purgeOldDrafts } from './registration/index.ts'
import { remindJob } from './reminders/index.ts'
import { purgeRequestFiles } from './requests/index.ts'
import { endSharesJob, refreshSearchesJob } from './sharing/index.ts'
import { settleRecoveriesJob } from './succession/index.ts'
import { expireOffersJob } from './transfers/index.ts'
import { completeUpgrade, publishJob, settleOverlaps, startCampaigns, tellLater } from './upgrades/index.ts'

export const jobs: AnyJob[] = [
  clearEndedJob,
  askAccessJob,
  checkpointJob,
  countAgain,
  ...mailJobs,
  sweepStorage,
  completeDraft,
  purgeOldDrafts,
  remindJob,
  endSharesJob,
  expireOffersJob,
  settleRecoveriesJob,
  refreshSearchesJob,
  forgetClosed,
  giveUpUploads,
  tellAboutRelease,
  restoreOldHost,
  purgeRequestFiles,
  settleTemporary,
  purgeFields,
  bulkJob,
  purgeBulks,
  publishJob,
  startCampaigns,
  tellLater,
  completeUpgrade,
  settleOverlaps,
]

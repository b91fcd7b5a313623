import { completionJob } from '../registration/index.ts'
import { upgradeWizard } from './upgrade-wizard.ts'

/** Completes large upgrades in the background. */
export const completeUpgrade = completionJob('upgrades.complete', upgradeWizard)

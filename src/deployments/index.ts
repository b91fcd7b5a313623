/**
 * Where licenses are deployed: moves to new hosts, further hosts, division, return, and keys made anew.
 *
 * Invariants: each change is one transaction on the locked license, decided from facts that it finds unchanged; the
 * active keys never cover more than the quantity, a temporary key included; moves within the allowance of the product
 * are counted per license, and neither splitting nor returning a license brings new ones; over the allowance nobody
 * stands still: a temporary key works until an operator has decided.
 * Owns: rehosts.
 */
export { restoreOldHost, settleTemporary } from './jobs.ts'
export { type Deployment, factsOf, findDeployment, getDeployment } from './queries.ts'
export { prepareReduction, reduceLicense } from './reduce-license.ts'
export { refusalText } from './refusal-text.ts'
export { rehostLicense } from './rehost-license.ts'
export { reissueKeys } from './reissue-keys.ts'
export { rehostRequests } from './request-kind.ts'
export { revokeCommand } from './revoke-command.ts'
export { operations, refusalOf } from './rules.ts'
export { applySplit, type PreparedSplit, prepareSplit } from './split-license.ts'
export { deploymentsWeb } from './web.tsx'

/**
 * Getting a license key for a new purchase: from serial numbers to registered licenses with keys.
 *
 * Invariants: a draft becomes at most one registration, a license is registered at most once, and both happen in one
 * transaction with their keys, history and mail. Nobody learns more about a serial number than that it is unknown,
 * free, or registered elsewhere. What a draft's serial numbers turned out to be is never stored: it follows from the
 * licenses, now.
 * Owns: registration_drafts, registration_draft_serials, registrations.
 */
export { completeRegistration, type Issuing } from './complete-registration.ts'
export { discardDraft } from './discard-draft.ts'
export { addDraftLicenses, dropDraftLicenses, proposeDetails } from './draft-licenses.ts'
export { hostTypeName, hostWrongText } from './host-texts.ts'
export { type FactsRow, facts, joinedFacts, licenseOf, type Products } from './license-facts.ts'
export { licensesCommand, registerSerials } from './licenses-command.ts'
export { lockDraft, outdateDrafts } from './lock-draft.ts'
export { draftName, OpenDrafts, resumeHref } from './pages/open-drafts.tsx'
export { FindHelp } from './pages/product-fields.tsx'
export { PurchaseTable } from './pages/purchases-page.tsx'
export { UpgradeSteps } from './pages/steps.tsx'
export type { AssessedRow } from './plan-registration.ts'
export { readHostId } from './plan-registration.ts'
export type { Prepared } from './prepare-registration.ts'
export { fieldIssues } from './product-fields.ts'
export { countWaiting, listPurchases, type Purchase } from './purchases.ts'
export { type Draft, getDraft, listOpenDrafts, type OpenDraft } from './queries.ts'
export { choicesSchema, detailsSchema, mostSerials } from './schemas.ts'
export { openDraft, showStep } from './show-step.tsx'
export { startDraft } from './start-draft.ts'
export { completeDraft, completionJob, purgeOldDrafts } from './submit-registration.ts'
export { lastSteps, registrationWeb } from './web.tsx'
export type { Wizard } from './wizard.ts'

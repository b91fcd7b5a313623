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
export { hostTypeName, hostWrongText } from './host-texts.ts'
export { licensesCommand, registerSerials } from './licenses-command.ts'
export { outdateDrafts } from './lock-draft.ts'
export { FindHelp } from './pages/product-fields.tsx'
export { PurchaseTable } from './pages/purchases-page.tsx'
export { readHostId } from './plan-registration.ts'
export { countWaiting, listPurchases, type Purchase } from './purchases.ts'
export { listOpenDrafts, type OpenDraft } from './queries.ts'
export { completeDraft, purgeOldDrafts } from './submit-registration.ts'
export { registrationWeb } from './web.tsx'

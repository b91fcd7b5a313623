/**
 * Licenses: the License Catalog, License Key Details, and the changes of the table behind them.
 *
 * Invariants: who may see a license is decided in one place (visible-licenses.ts); every change raises the revision.
 * Owns: licenses, license_texts, license_tags, saved_searches, catalog_columns, license_bookmarks, license_comments.
 */

export { addLicenseInformation } from './add-license-information.ts'
export { addressRequest } from './address-request.ts'
export { assignContacts } from './assign-contacts.ts'
export { assignOwner } from './assign-owner.ts'
export { countCatalog, countedAtMost, foundLicenses, listFirst } from './catalog.ts'
export { statusOf } from './catalog-conditions.ts'
export type { CatalogRow } from './catalog-rows.ts'
export { changeOwner, copyComments, type OwnersFacts, restoreOwner } from './change-owner.ts'
export { type Contact, contactSchema, mostContacts } from './contacts.ts'
export { correctLicenses, createLicenses, type NewLicense } from './create-licenses.ts'
export { giveBack, markRevoked } from './end-licenses.ts'
export { type Held, type Level, levels, rankOf, roleOn } from './levels.ts'
export { getLicense } from './license-details.ts'
export { listTags } from './list-tags.ts'
export {
  type HeldLicense,
  lockHeldLicense,
  lockHeldLicenses,
  lockOwnLicenses,
  raiseRevisions,
} from './lock-licenses.ts'
export { lockLicenses, markRegistered, raiseMaintenance } from './mark-registered.ts'
export { moveAddress } from './move-address.ts'
export { noteKeysTaken } from './note-keys-taken.ts'
export { LicenseStatusBadge } from './pages/license-status.tsx'
export { isPossible, mayBeWord, readSerials } from './read-serials.ts'
export { requestAddress } from './request-address.ts'
export { foldSerial, isDay, type LicenseStatus, statuses } from './rules.ts'
export { listSearches, saveSearch } from './saved-searches.ts'
export { type CatalogQuery, catalogQuerySchema } from './schemas.ts'
export { splitOff } from './split-off.ts'
export { tagLicenses, tagsSchema } from './tag-licenses.ts'
export { spendOnUnknown, suggestSerials, unknownSerials } from './unknown-serials.ts'
export {
  createUpgraded,
  endUpgradedPart,
  type LicenseUpgrade,
  noteUpgraded,
  supersedeUpgraded,
} from './upgrade-licenses.ts'
export { grantedPairs, hasLevel, licenseArms, listedLicenses, visibleLicenses } from './visible-licenses.ts'
export { licensesWeb } from './web.tsx'
export { addressWeb } from './web-address.tsx'
export type { OptionReasons } from './web-details.tsx'
export { addComment } from './write-comments.ts'

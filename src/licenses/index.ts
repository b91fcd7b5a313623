/**
 * Licenses: the License Catalog, License Key Details, and the changes of the table behind them.
 *
 * Invariants: who may see a license is decided in one place (visible-licenses.ts); every change raises the revision.
 * Owns: licenses.
 */

export { type CatalogRow, countCatalog, listFirst, statusOf } from './catalog.ts'
export { correctLicenses, createLicenses, type NewLicense } from './create-licenses.ts'
export { lockOwnLicense, lockOwnLicenses, type OwnLicense, raiseRevisions } from './lock-own-licenses.ts'
export { lockLicenses, markRegistered, raiseMaintenance } from './mark-registered.ts'
export { LicenseStatusBadge } from './pages/license-status.tsx'
export { type LicenseStatus, statuses } from './rules.ts'
export { type CatalogQuery, catalogQuerySchema } from './schemas.ts'
export { licensesWeb } from './web.tsx'
export { visibleLicenses } from './visible-licenses.ts'

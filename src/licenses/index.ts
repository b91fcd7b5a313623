/**
 * Licenses: the License Catalog, License Key Details, and the changes of the table behind them.
 *
 * Invariants: who may see a license is decided in one place (visible-licenses.ts); every change raises the revision.
 * Owns: licenses.
 */

export { correctLicenses, createLicenses, type NewLicense } from './create-licenses.ts'
export { lockLicenses, markRegistered, type RegisteredLicense, raiseMaintenance } from './mark-registered.ts'
export { licensesWeb } from './web.tsx'

/**
 * Sharing: an organization lets another one see its licenses, take their keys, or manage them.
 *
 * Invariants: only what the sharer owns is shared, and only as long as it owns it; nobody shares or transfers what
 * others share with him; a share counts from the moment it is made until it is removed or its last day is over, at the
 * next request. Whether a user name has an account is not told: nothing that a sharer sees depends on it before the
 * other side acts. What may be done at which level decides `licenses/levels.ts`; which licenses are meant,
 * `licenses/visible-licenses.ts`.
 * Owns: license_grants, license_grant_customers, license_grant_licenses.
 */
export { findGrantee, storeGrant } from './grants.ts'
export { endSharesJob, refreshSearchesJob } from './jobs.ts'
export { grantColumns, numbersText } from './pages/grant-columns.tsx'
export { LevelField, NumbersField } from './pages/share-page.tsx'
export { countSharers, listGrantableNumbers, listSharedNumbers } from './queries.ts'
export { endGrant } from './remove-share.ts'
export type { ShareInput } from './schemas.ts'
export { shareSchema, userNameSchema } from './schemas.ts'
export { shareLicenses } from './share-licenses.ts'
export { sharingWeb } from './web.tsx'

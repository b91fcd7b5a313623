/**
 * Ownership transfers: licenses go from one organization to another.
 *
 * Invariants: an organization gives away only what it owns, and nothing is given to one that did not accept, unless the
 * vendor decides; an offer is decided once (the row of the transfer is locked before the licenses), and all of it in one
 * transaction; what goes is as it was offered, or the offer is void; either side undoes within seven days, unless the
 * licenses went on meanwhile. Keys in force stay in force.
 * Owns: ownership_transfers, ownership_transfer_licenses.
 */
/** @public for the decision of a service request */
export { assignOwnership } from './assign-ownership.ts'
export { expireOffersJob } from './jobs.ts'
export { offerTransfer } from './offer-transfer.ts'
export { countOffers } from './queries.ts'
export { transfersWeb } from './web.tsx'

/**
 * Delegation: a channel partner's organization acts for a customer.
 *
 * Invariants: only an administrator of the customer consents, for customer numbers, at a level, until a day or until
 * ended; what ended counts no more from the next request on; a partner who acts for a customer is never more than a
 * manager, on pages about licenses only, and each of its actions names both in the history. Keys are handed over with
 * proof that the customer reads.
 * Grants themselves are stored by sharing.
 * Owns: delegation_requests, acting_sessions, key_handovers.
 */
export { delegateLicenses } from './delegate-licenses.ts'
export { countAsking } from './queries.ts'
export { readActing } from './read-acting.ts'
export { delegationWeb } from './web.tsx'
export { partnerWeb } from './web-partner.tsx'

/**
 * Online validation: a product asks what a license key is worth today.
 *
 * Invariants: who holds a key learns about that key, and about nothing else: no names, no serial number, no host; the
 * id of a key opens nothing, since revocation lists publish ids. A key that is unknown and one that was mistyped are
 * answered alike. What is signed is believed only by its signature. A question changes nothing; misses are counted per
 * network, in `rate_limits`.
 * Owns no table.
 */
export { validationApi } from './api.ts'

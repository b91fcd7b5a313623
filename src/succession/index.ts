/**
 * Succession: who administrates an organization once all its administrators are gone.
 *
 * Invariants: nobody becomes administrator while one is there; whoever asks is a member, or has a confirmed address at a
 * domain that the organization verified; from asking to becoming, all administrators are told at every known address and
 * have the waiting period to stop it, by a click or by signing in; one request at a time. All else is a service request.
 * Owns: organization_domains, recoveries.
 */
export { settleRecoveriesJob } from './jobs.ts'
export { countWaitingFor } from './queries.ts'
export { successionWeb } from './web.tsx'

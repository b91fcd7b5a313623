/**
 * Service requests: what an operator must decide, from being asked to being decided.
 *
 * Invariants: a request is decided once, by one operator, or withdrawn by its organization; what acceptance does is
 * done in the transaction of the decision, so that an accepted request is a fulfilled one; those who asked are told
 * at each step. Which kinds there are, and what accepting one does, is handed in: this module knows none of them.
 * Owns: service_requests.
 */
export { decideRequest } from './decide-request.ts'
export {
  type AnyRequestKind,
  defineRequestKind,
  type Fact,
  type Reading,
  type ServiceRequest,
} from './kinds.ts'
export { type NewRequest, openRequest } from './open-request.ts'
export { findOpenRequest } from './queries.ts'
export { requestsWeb } from './web.tsx'

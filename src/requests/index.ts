/**
 * Service requests: what an operator must decide, from being asked to being decided.
 *
 * Invariants: a request is decided once, by one operator, or withdrawn by its organization; what acceptance does is
 * done in the transaction of the decision, so that an accepted request is a fulfilled one; those who asked are told
 * at each step. Which kinds there are, and what accepting one does, is handed in: this module knows none of them.
 * While the vendor waits for the customer the target does not run. Customers never read internal notes, nor the names
 * of the vendor's staff.
 * Owns: service_requests, request_messages, request_files, canned_answers.
 */
export { decideRequest } from './decide-request.ts'
export { largestForm } from './file-rules.ts'
export { purgeRequestFiles } from './jobs.ts'
export {
  type AnyRequestKind,
  type Choice,
  defineRequestKind,
  type Fact,
  type Reading,
  type ServiceRequest,
} from './kinds.ts'
export { type NewRequest, openRequest } from './open-request.ts'
export { FilesField } from './pages/files-field.tsx'
export { ListBody } from './pages/list-page.tsx'
export type { Reader } from './pages/request-parts.tsx'
export { findOpenRequest, listOwnRequests, type RequestPage } from './queries.ts'
export { personOf, readerOf } from './reader.ts'
export { receiveForm } from './receive-form.ts'
export { type ListQuery, listQuerySchema } from './schemas.ts'
export { requestsWeb } from './web.tsx'
export { answerRequest, type Person } from './write-message.ts'

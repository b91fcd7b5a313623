/**
 * Customer Service: every type of request in one place, and the kinds of request that belong to no other module:
 * contract changes, account recovery, questions.
 *
 * Invariants: nothing that a customer reads tells whether a user name exists; a contract change is processed whole or
 * not at all; whoever recovers an organization is made its administrator by an operator, who says why, and everybody
 * who administers it is told.
 */
export { askContractChange, askOther } from './ask.ts'
export { contractChangeRequests } from './contract-change.ts'
export { otherRequests } from './other-request.ts'
export { recoveryRequests } from './recovery.ts'
export { serviceWeb } from './web.tsx'

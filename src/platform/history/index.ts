/**
 * Proof that the history of licenses is whole: walks its chains of hashes, and keeps checkpoints of their ends.
 *
 * Invariants: a checkpoint never changes; its MAC covers the one before it, so that none can be taken out or remade
 * without SECRET. What happened since the last checkpoint is protected by the chain only, until the next one.
 * Owns: history_checkpoints, history_heads.
 */
export { auditCommand } from './audit-command.ts'
export { checkpointHistory } from './checkpoint-history.ts'
export { checkpointJob } from './jobs.ts'
export { type HistoryProblem, verifyHistory } from './verify-history.ts'

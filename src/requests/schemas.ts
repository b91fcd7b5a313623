import { z } from 'zod'
import { requestKinds, requestNumber, requestStates } from './rules.ts'

/** Characters of what an operator writes about a decision; column `service_requests.reason`. */
export const longestReason = 2000

const cursor = z.string().regex(requestNumber).optional().catch(undefined)

/** An address is shared and mistyped: what is not understood is left out instead of refused. */
export const listQuerySchema = z.object({ after: cursor })

export const queueQuerySchema = z.object({
  state: z.enum(requestStates).catch('open'),
  kind: z.enum(requestKinds).optional().catch(undefined),
  assignee: z.enum(['me', 'none']).optional().catch(undefined),
  after: cursor,
})
export type QueueQuery = z.output<typeof queueQuerySchema>

export const takeSchema = z.object({ revision: z.coerce.number().int() })

/** Whoever is refused something is told why; what is accepted may go without words. */
export const decisionSchema = z
  .object({
    decision: z.enum(['accept', 'refuse']),
    reason: z
      .string()
      .trim()
      .max(longestReason)
      .transform((text) => text || null),
  })
  .refine(({ decision, reason }) => decision === 'accept' || reason !== null, {
    path: ['reason'],
    error: 'requests.decide.reason_missing',
  })

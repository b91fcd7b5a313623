import { z } from 'zod'
import { type Locale, locales } from '../platform/i18n.ts'
import { unknownPlaceholders } from './answer-rules.ts'
import { requestKinds, requestNumber, requestStates } from './rules.ts'

/** Characters of what an operator writes about a decision; column `service_requests.reason`. */
export const longestReason = 2000

const cursor = z.string().regex(requestNumber).optional().catch(undefined)

/** An address is shared and mistyped: what is not understood is left out instead of refused. */
export const listQuerySchema = z.object({
  state: z.enum(requestStates).optional().catch(undefined),
  kind: z.enum(requestKinds).optional().catch(undefined),
  after: cursor,
})
export type ListQuery = z.output<typeof listQuerySchema>

export const queueQuerySchema = z.object({
  state: z.enum(requestStates).catch('open'),
  kind: z.enum(requestKinds).optional().catch(undefined),
  number: z
    .string()
    .transform((text) => text.trim().toUpperCase())
    .pipe(z.string().regex(requestNumber))
    .optional()
    .catch(undefined),
  assignee: z
    .union([z.enum(['me', 'none']), z.uuid()])
    .optional()
    .catch(undefined),
  urgency: z.enum(['overdue', 'vendor', 'customer']).optional().catch(undefined),
  after: cursor,
})
export type QueueQuery = z.output<typeof queueQuerySchema>

/** Without an assignee the operator takes it. */
export const takeSchema = z.object({
  revision: z.coerce.number().int(),
  assignee: z.union([z.literal('none'), z.uuid()]).optional(),
})

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

/** The cursor of earlier messages. */
export const beforeSchema = z.object({ before: z.uuid().optional().catch(undefined) })

/** Characters of a message as its reader counts them; column `request_messages.body` takes four code points for each. */
export const longestMessage = 5000

const message = z
  .string()
  .trim()
  .refine((text) => [...text].length <= longestMessage, { error: 'requests.messages.too_long' })

export const messageSchema = z.object({
  message_id: z.uuid(),
  body: message.min(1, { error: 'requests.messages.required' }),
})

export const answerSchema = z.object({
  message_id: z.uuid(),
  reason: message.min(1, { error: 'requests.answer.text_needed' }),
  internal: z.enum(['yes', 'no']).transform((answer) => answer === 'yes'),
})

const cannedText = z
  .string()
  .trim()
  .max(longestMessage)
  .refine((text) => unknownPlaceholders(text).length === 0, { error: 'requests.answers.unknown' })

/** A canned answer: its texts are fields of the form, one for each language. */
export const cannedAnswerSchema = z
  .object({
    answer_id: z.uuid(),
    revision: z.coerce.number().int().min(0),
    name: z.string().trim().min(1).max(80),
    ...(Object.fromEntries(locales.map((locale) => [`text_${locale}`, cannedText])) as Record<
      `text_${Locale}`,
      typeof cannedText
    >),
  })
  .refine((form) => locales.some((locale) => form[`text_${locale}`]), {
    path: [`text_${locales[0]}`],
    error: 'requests.answers.text_needed',
  })

export const deleteAnswerSchema = z.object({ revision: z.coerce.number().int().min(0) })

/** Which canned answer an operator chose to write with. */

import { MAX_LICENSE_LENGTH } from '@keyport/license'
import { z } from 'zod'
import { revocationReasons } from '../keys/index.ts'

const host = z.strictObject({ type: z.string().min(1).max(40), id: z.string().min(1).max(253) })

/** What a product asks. A member that is not known is refused: a check that was misspelt must not be left out. */
export const questionSchema = z.strictObject({
  key: z
    .string()
    .min(1)
    .max(MAX_LICENSE_LENGTH)
    .refine((text) => !text.includes('\0'))
    .describe('A license key as the customer has it: a code, a signed key, or the whole text of a license file.'),
  product: z.string().min(1).max(40).optional().describe('Code of the product that asks; left out: any product.'),
  host: z
    .union([host, z.array(host).min(1).max(16), z.literal('any')])
    .optional()
    .describe('This computer, by one or several ids. A key for one host is refused without; "any" skips the check.'),
})
export type Question = z.output<typeof questionSchema>

const day = z.iso.date().describe('Days count in UTC.')

/** What the words mean is the same as in the license library. */
const unproven = z.strictObject({
  ok: z.literal(false),
  status: z.enum(['unknown_key', 'malformed', 'unsupported_version', 'bad_signature']),
})

const proven = z.strictObject({
  ok: z.boolean().describe('Whether the product may run: valid or grace.'),
  status: z.enum(['valid', 'grace', 'wrong_product', 'wrong_host', 'revoked', 'not_yet_valid', 'expired']),
  key: z.strictObject({
    id: z.uuid().describe('The jti of what was signed.'),
    quantity: z.int(),
    temporary: z.boolean(),
    issued_at: z.iso.datetime(),
    starts_on: day.nullable(),
    ends_on: day.nullable().describe('Last day; null: perpetual.'),
    grace_until: day.nullable().describe('Last day on which it still works.'),
    ended: z
      .strictObject({
        at: z.iso.datetime(),
        reason: z.enum(revocationReasons),
        replaced_by: z.uuid().nullable().describe('Id of the key that took its place.'),
      })
      .nullable(),
  }),
  product: z.strictObject({ code: z.string(), version: z.string() }),
  license: z.strictObject({
    status: z.string().describe('As the portal shows it: active, expiring, expired, superseded …'),
    kind: z.string(),
    meter: z.string(),
    quantity: z.int(),
    starts_on: day.nullable(),
    ends_on: day.nullable(),
    maintenance_until: day.nullable(),
  }),
})

export const answerSchema = z.union([proven, unproven])
export type Unproven = z.output<typeof unproven>
export type Proven = z.output<typeof proven>

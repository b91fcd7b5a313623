import { z } from 'zod'
import { readSerials } from '../licenses/index.ts'

/** Characters of what somebody writes about a request. */
export const longestDescription = 5000
/** Licenses and customer numbers that one request may name. */
export const mostSerials = 1000
export const mostNumbers = 50
/** What the form lets go of, before the numbers in it are counted. */
export const longestList = 60_000

/** What Type of Request offers; other requests start where they are needed. */
export const requestTypes = ['contract_change', 'other'] as const

/** What happens to the keys in use when licenses change hands; see `OwnerChange` of the licenses module. */
export const keyChoices = ['stay', 'end'] as const

const description = z
  .string()
  .trim()
  .min(1)
  .refine((text) => [...text].length <= longestDescription, { error: 'service.form.description_long' })
const userName = z.string().trim().toLowerCase().max(254).pipe(z.email())
const list = z.string().max(longestList).default('')

const serials = list
  .transform((text) => readSerials(text).serials)
  .pipe(z.array(z.string()).max(mostSerials, { error: 'service.form.serials_many' }))
const numbers = list
  .transform((text) => [...new Set(text.split(/[\s,;]+/).filter(Boolean))])
  .pipe(
    z
      .array(z.string().max(40, { error: 'service.form.number_long' }))
      .max(mostNumbers, { error: 'service.form.numbers_many' }),
  )

const contractChange = z
  .object({
    type: z.literal('contract_change'),
    request_id: z.uuid(),
    from: userName,
    to: userName,
    serials,
    customer_numbers: numbers,
    keys: z.enum(keyChoices),
    description,
  })
  .refine(({ from, to }) => from !== to, { path: ['to'], error: 'service.form.same_user' })
  .refine(({ serials, customer_numbers }) => serials.length + customer_numbers.length > 0, {
    path: ['serials'],
    error: 'service.form.nothing',
  })
const other = z.object({ type: z.literal('other'), request_id: z.uuid(), description, serials })

export const askSchema = z.discriminatedUnion('type', [contractChange, other], { error: 'form.choose' })
export type AskContractChange = z.output<typeof contractChange>
export type AskOther = z.output<typeof other>

export const recoverySchema = z.object({
  request_id: z.uuid(),
  organization: z.string().trim().min(1).max(200),
  customer_number: z.string().trim().max(40).default(''),
  description,
})
export type AskRecovery = z.output<typeof recoverySchema>

/** Of the form: a serial number to begin with, from the page of a license; and the type. */
export const startSchema = z.object({
  type: z.enum(requestTypes).optional().catch(undefined),
  serial: z
    .string()
    .regex(/^[A-Za-z0-9-]{6,40}$/)
    .optional()
    .catch(undefined),
})

/** Of the page where a license is chosen: what for, and what was searched. */
export const chooseSchema = z.object({
  for: z.enum(['address', 'rehost', 'ownership']).catch('ownership'),
  q: z
    .string()
    .transform((text) => text.replaceAll('\0', '').trim().slice(0, 200))
    .catch(''),
})

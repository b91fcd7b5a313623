import { z } from 'zod'
import { isCountry } from '../platform/countries.ts'

const line = (longest: number) => z.string().trim().min(1).max(longest)
const optionalLine = (longest: number) =>
  z
    .string()
    .trim()
    .max(longest)
    .nullish()
    .transform((text) => text || null)

/** An install-at address as somebody enters it. */
export const addressSchema = z.object({
  company: line(200),
  street: line(200),
  street2: optionalLine(200),
  city: line(100),
  region: optionalLine(100),
  postal_code: optionalLine(20),
  country: z.string().refine(isCountry, { error: 'form.choose' }),
})

const criterion = z
  .string()
  .transform((text) => text.replaceAll('\0', '').trim().slice(0, 200))
  .catch('')

/** What addresses are searched by; what is not understood is left out. */
export const addressQuerySchema = z.object({
  text: criterion,
  company: criterion,
  city: criterion,
  postal_code: criterion,
  country: z.string().refine(isCountry).catch(''),
  /** The address on which the page before ended. */
  after: z.uuid().optional().catch(undefined),
})
export type AddressQuery = z.output<typeof addressQuerySchema>

/** Characters of a customer number, and of an order or serial number that proves one. */
export const longestNumber = 40
/** Characters of what is written to claim a customer number. */
export const longestExplanation = 2000

export const associateSchema = z.object({ number: line(longestNumber), proof: line(longestNumber) })
export type AssociateNumber = z.output<typeof associateSchema>

export const claimSchema = z.object({ claimed_number: line(longestNumber), explanation: line(longestExplanation) })

/** Details of a request of kind `customer_number`. */
export const claimDetailsSchema = z.object({ number: z.string(), explanation: z.string() })

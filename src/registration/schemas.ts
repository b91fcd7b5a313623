import { z } from 'zod'
import { addressSchema } from '../customers/index.ts'
import { contactSchema, mostContacts } from '../licenses/index.ts'

/** Serial numbers in one basket at most. */
export const mostSerials = 10_000
/** Hosts of one license at most. */
export const mostHosts = 50
/** Characters of an answer to a product's own question. */
export const longestAnswer = 2000

const line = (longest: number) => z.string().trim().min(1).max(longest)

/** As stored: a country that is none any more must not make a draft unreadable. */
const storedAddressSchema = addressSchema.extend({ country: z.string().max(2) })

export const hostShareSchema = z.object({
  type: line(40),
  id: line(200),
  quantity: z.number().int().min(1).nullable(),
})

const hostsSchema = z.array(hostShareSchema).max(mostHosts)
const fieldValuesSchema = z.record(
  z.string().max(100),
  z.union([z.string().max(longestAnswer), z.number(), z.boolean()]),
)
export type FieldValues = z.infer<typeof fieldValuesSchema>

/** What is entered once for all licenses of a product. */
export const productDetailsSchema = z.object({ hosts: hostsSchema.default([]), fields: fieldValuesSchema.default({}) })

/** What the Registration step asks once for all; column `registration_drafts.details`. */
export const detailsSchema = z.object({
  /** The company the licenses are registered to; null until the step was done. */
  registered_to: line(200).nullable().default(null),
  address: z
    .union([z.object({ id: z.uuid() }).strict(), storedAddressSchema])
    .nullable()
    .default(null),
  contacts: z.array(contactSchema).max(mostContacts).default([]),
  /** By product id. */
  products: z.record(z.uuid(), productDetailsSchema).default({}),
})
export type Details = z.infer<typeof detailsSchema>

/** What is entered for one license alone, instead of what holds for all; column `registration_draft_serials.choices`. */
export const choicesSchema = z.object({
  hosts: hostsSchema.optional(),
  fields: fieldValuesSchema.optional(),
  /** The license covered or renewed; null: none. Left out: the proposed one. */
  relates_to: z.uuid().nullable().optional(),
})
export type Choices = z.infer<typeof choicesSchema>

import { z } from 'zod'
import { levels } from '../licenses/index.ts'
import { shareSchema, userNameSchema } from '../sharing/index.ts'

/** What a customer delegates, to whom and how. */
export const delegateSchema = shareSchema.pick({
  email: true,
  customers: true,
  new_numbers: true,
  level: true,
  ends_on: true,
})
export type Delegate = z.output<typeof delegateSchema>

/** What a partner asks a customer for. */
export const askSchema = z.object({
  email: userNameSchema,
  level: z.enum(levels, { error: 'form.choose' }),
  message: z.string().trim().max(2000).default(''),
})
export type Ask = z.output<typeof askSchema>

/** Keys to hand over: licenses by their serial numbers, and the address that they go to. */
export const handOverSchema = z.object({
  license: z
    .union([z.string().transform((one) => [one]), z.array(z.string())])
    .default([])
    .pipe(z.array(z.string().max(40)).min(1, { error: 'delegation.hand_over.choose' }).max(200)),
  to_email: userNameSchema,
})
export type HandOver = z.output<typeof handOverSchema>

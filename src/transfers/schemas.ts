import { z } from 'zod'
import { mostLicenses } from './rules.ts'

const tick = z
  .literal('on')
  .optional()
  .transform((on) => on !== undefined)

/** An offer: whom to, what, and what goes along. */
export const offerSchema = z.object({
  email: z.string().trim().toLowerCase().max(254).pipe(z.email()),
  /** Serial numbers, in any layout. */
  serials: z
    .string()
    .max(mostLicenses * 42)
    .default(''),
  /** The part of the quantity of the only license; empty for all. */
  quantity: z.preprocess(
    (typed) => (typed === '' || typed === undefined ? null : typed),
    z.coerce.number({ error: 'form.number' }).int({ error: 'form.number' }).min(1).max(2_147_483_647).nullable(),
  ),
  with_comments: tick,
  with_fields: tick,
  message: z.string().trim().max(2000).default(''),
})
export type Offer = z.output<typeof offerSchema>

export const answerSchema = z.object({ do: z.enum(['accept', 'decline', 'withdraw', 'undo']) })

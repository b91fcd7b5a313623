import { z } from 'zod'
import { isDay, levels } from '../licenses/index.ts'
import { mostListed, mostNumbers, scopes } from './rules.ts'

/** A user name, which is an e-mail address in lower case. */
export const userNameSchema = z.string().trim().toLowerCase().max(254).pipe(z.email())

const several = z
  .union([z.string().transform((one) => [one]), z.array(z.string())])
  .default([])
  .transform((chosen) => [...new Set(chosen.map((one) => one.replaceAll('\0', '').trim()).filter(Boolean))])

/** What is shared, with whom and how: the form, and the command. */
export const shareSchema = z.object({
  email: userNameSchema,
  scope: z.enum(scopes, { error: 'sharing.form.choose' }),
  /** Customer numbers. */
  customers: several.pipe(z.array(z.string().max(40)).max(mostNumbers)),
  /** Those that the organization gets later, too. */
  new_numbers: z
    .literal('on')
    .optional()
    .transform((on) => on !== undefined),
  /** Serial numbers, in any layout. */
  serials: z
    .string()
    .max(mostListed * 42)
    .default(''),
  tag: z.string().max(40).default(''),
  /** The id of a saved search. */
  search: z.string().max(40).default(''),
  level: z.enum(levels, { error: 'form.choose' }),
  /** The last day, or none. */
  ends_on: z
    .string()
    .default('')
    .transform((day) => day.trim() || null)
    .refine((day) => day === null || isDay(day), { error: 'form.invalid' }),
})
export type ShareInput = z.output<typeof shareSchema>

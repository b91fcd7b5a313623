import { z } from 'zod'
import { roles } from '../platform/actor.ts'
import { isCountry } from '../platform/countries.ts'

const email = z.string().trim().toLowerCase().max(254).pipe(z.email())
const role = z.enum(roles)
const name = z.string().trim().min(1).max(200)
const country = z.string().refine(isCountry, 'form.choose')
const line = (max: number) => z.string().trim().max(max).optional().default('')

export const inviteSchema = z.object({ email, role })
export const invitationSchema = z.object({ do: z.enum(['resend', 'withdraw']) })
export const roleSchema = z.object({ role })
export const sureSchema = z.object({ sure: z.literal('on', 'organizations.sure.required') })
export const acceptSchema = z.object({ invitation_id: z.uuid() })
export const newOrganizationSchema = z.object({ name, country })
export const settingsSchema = z.object({
  name,
  country: z.union([z.literal(''), country]).transform((value) => value || null),
  keys_in_email: z
    .literal('on')
    .optional()
    .transform((value) => value === 'on'),
  revision: z.coerce.number().int().positive(),
})
/** A role grants, the empty answer refuses. */
export const answerSchema = z.object({ answer: z.union([role, z.literal('refuse')]) })

export const askSchema = z
  .object({
    email: z
      .union([z.literal(''), email])
      .optional()
      .default(''),
    customer_number: line(40),
    proof: line(40),
    message: z.string().trim().max(1000).optional().default(''),
  })
  .superRefine(({ email, customer_number, proof }, issues) => {
    const missing = (field: string, message: string) => issues.addIssue({ code: 'custom', path: [field], message })
    if (customer_number && !proof) missing('proof', 'organizations.ask.proof.missing')
    if (proof && !customer_number) missing('customer_number', 'organizations.ask.number.missing')
    if (!email && !customer_number && !proof) missing('email', 'organizations.ask.nothing')
  })

export type Invite = z.output<typeof inviteSchema>
export type Settings = z.output<typeof settingsSchema>
export type Ask = z.output<typeof askSchema>

/** Where a list goes on; an address that was mangled begins at the beginning. */
export const cursorSchema = z.object({
  after: z.uuid().optional().catch(undefined),
  before: z.uuid().optional().catch(undefined),
})

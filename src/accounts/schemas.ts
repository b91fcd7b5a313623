import { z } from 'zod'
import { isCountry } from '../platform/countries.ts'
import { locales } from '../platform/i18n.ts'
import { isHardToGuess } from './rules.ts'

export const passwordLength = { min: 10, max: 128 }
const timeZones = new Set(Intl.supportedValuesOf('timeZone')).add('UTC')

/** Every IANA time zone this system knows, `UTC` first. */
export const timeZoneNames = ['UTC', ...[...timeZones].filter((zone) => zone !== 'UTC')]

const line = (max: number) => z.string().trim().min(1).max(max)
const email = z.string().trim().toLowerCase().max(254).pipe(z.email())
const newPassword = z.string().min(passwordLength.min).max(passwordLength.max)
const phone = z
  .string()
  .trim()
  .max(40)
  .regex(/^$|^\+?[\d\s().\-/]{5,}(\s?(x|ext\.?)\s?\d{1,6})?$/i, 'accounts.phone.invalid')
  .transform((value) => value || null)
const person = {
  given_name: line(100),
  family_name: line(100),
  phone: phone.optional().default(null),
  locale: z.enum(locales),
  time_zone: z.string().refine((zone) => timeZones.has(zone), 'form.choose'),
}
const weak = { path: ['password'], message: 'accounts.password.weak' }

export const createAccountSchema = z
  .object({
    ...person,
    email,
    password: newPassword,
    company: line(200),
    country: z.string().refine(isCountry, 'form.choose'),
  })
  .refine((form) => isHardToGuess(form.password, [form.email, form.given_name, form.family_name, form.company]), weak)

/** Who was invited joins an organization that is there already, at the address that the invitation went to. */
export const invitedAccountSchema = z
  .object({ ...person, password: newPassword })
  .refine((form) => isHardToGuess(form.password, [form.given_name, form.family_name]), weak)

export const profileSchema = z.object(person)

/** Whatever is typed is tried: a refusal of the form would tell which passwords exist. */
export const signInSchema = z.object({
  email,
  password: z.string().min(1).max(1000),
  remember: z.literal('on').optional(),
  next: z.string().max(2000).optional(),
})
export const confirmSchema = z.object({ token: z.string().min(1).max(2000), password: z.string().max(1000).optional() })
export const emailSchema = z.object({ email })
export const resetSchema = z
  .object({ token: z.string().min(1).max(200), password: newPassword })
  .refine((form) => isHardToGuess(form.password, []), weak)
export const codeSchema = z.object({
  code: z.string().trim().min(1).max(40),
  next: z.string().max(2000).optional(),
  with: z.literal('backup').optional(),
})
export const ownPasswordSchema = z.object({ current_password: z.string().min(1).max(1000) })
export const changeEmailSchema = z.object({ new_email: email, current_password: z.string().min(1).max(1000) })
export const tokenSchema = z.object({ token: z.string().min(1).max(200) })
export const closeSchema = z.object({
  typed: z.string().trim().min(1).max(254),
  current_password: z.string().min(1).max(1000),
})
/** What a passkey's device answered, as the browser's script put it into the form. */
const passkeyAnswer = z.string().max(20_000).optional()
export const passkeySignInSchema = z.object({
  response: passkeyAnswer,
  remember: z.literal('on').optional(),
  next: z.string().max(2000).optional(),
})
export const newPasskeySchema = z.object({
  name: line(80),
  current_password: z.string().min(1).max(1000),
  response: passkeyAnswer,
})
export const passkeySchema = z.object({ passkey_id: z.uuid() })
export const renamePasskeySchema = z.object({ passkey_id: z.uuid(), name: line(80) })
export const changePasswordSchema = z
  .object({ current_password: z.string().min(1).max(1000), password: newPassword })
  .refine((form) => isHardToGuess(form.password, []), weak)

export type CreateAccountForm = z.output<typeof createAccountSchema>
export type Profile = z.output<typeof profileSchema>

const decision = z.enum(['accept', 'decline'])
const readToTheEnd = {
  path: ['read'],
  message: 'accounts.agreement.read_first',
}
type Decision = { decision: 'accept' | 'decline'; read?: 'on' }
const hasReadIfAccepting = ({ decision, read }: Decision) => decision === 'decline' || read === 'on'

export const decisionSchema = z
  .object({ decision, read: z.literal('on').optional(), sealed: z.string().max(20_000) })
  .refine(hasReadIfAccepting, readToTheEnd)
export const acceptSchema = z
  .object({ decision, read: z.literal('on').optional(), agreement_id: z.uuid() })
  .refine(hasReadIfAccepting, readToTheEnd)
export const sessionSchema = z.object({ session_id: z.union([z.literal('others'), z.uuid()]) })

import { z } from 'zod'
import { isCountry } from '../platform/countries.ts'
import { upgradeRefusals } from './eligibility.ts'

/** Paths of one campaign; a form with more rows is no form any more. */
export const mostPaths = 100
export const campaignKinds = ['product', 'subscription', 'content', 'maintenance'] as const

/** Days, as a number or as typed; an empty field is no zero. */
function days(least: number) {
  const whole = { error: 'form.number' }
  const typed = z.union(
    [
      z.number(whole),
      z
        .string()
        .trim()
        .regex(/^-?\d+$/, whole),
    ],
    whole,
  )
  return typed.transform(Number).pipe(z.number().int(whole).min(least).max(3650))
}

const emptyIsNull = z.literal('').transform(() => null)
const path = z.object({
  from_version_id: z.uuid({ error: 'form.choose' }),
  to_version_id: z.uuid({ error: 'form.choose' }),
})

/** What a campaign is made of; the same for the form and the command line. */
export const campaignSchema = z
  .object({
    name: z.string().trim().min(1).max(200),
    starts_on: z.iso.date({ error: 'campaigns.form.date' }),
    ends_on: z.union([emptyIsNull, z.null(), z.iso.date()], { error: 'campaigns.form.date' }).default(null),
    overlap_days: days(0).default(30),
    notification_days: days(1).default(365),
    needs_maintenance: z.boolean().default(true),
    kinds: z.array(z.enum(campaignKinds)).min(1, { error: 'form.choose' }).default(['product', 'subscription']),
    countries: z
      .array(z.string().refine(isCountry, { error: 'campaigns.form.country' }))
      .max(300)
      .default([]),
    paths: z.array(path).min(1, { error: 'campaigns.form.no_path' }).max(mostPaths),
  })
  .refine(({ starts_on, ends_on }) => ends_on === null || ends_on >= starts_on, {
    path: ['ends_on'],
    error: 'campaigns.form.ends_before',
  })

/** What asks for the go-ahead was shown with this revision. */
export const revisionSchema = z.object({ revision: z.coerce.number().int() })

/** What a list of eligible licenses shows: everything, or one outcome. An address that was mistyped shows everything. */
export const eligibilities = ['eligible', ...upgradeRefusals] as const
export type Eligibility = (typeof eligibilities)[number]

/** The place after a license, in the order of customers. */
const place = /^[0-9a-f-]{36}\.[0-9a-f-]{36}$/

export const previewQuerySchema = z.object({
  reason: z.enum(eligibilities).optional().catch(undefined),
  path: z.uuid().optional().catch(undefined),
  after: z.string().regex(place).optional().catch(undefined),
})
export type PreviewQuery = z.output<typeof previewQuerySchema>

export const mailStates = ['waiting', 'sent', 'refused', 'forgotten'] as const
export type MailState = (typeof mailStates)[number]

export const notificationQuerySchema = z.object({
  campaign: z.uuid().optional().catch(undefined),
  q: z.string().trim().max(300).default('').catch(''),
  refused: z.literal('yes').optional().catch(undefined),
  after: z.uuid().optional().catch(undefined),
})
export type NotificationQuery = z.output<typeof notificationQuerySchema>

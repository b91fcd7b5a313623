import { z } from 'zod'
import { dayOf, type Member } from '../actor.ts'
import { locales } from '../i18n.ts'

/** Part of the payload of a job that goes on with what a manager asked for, and was authorised to. */
export const actingSchema = z.object({
  user_id: z.uuid(),
  organization_id: z.uuid(),
  name: z.string(),
  email: z.string().nullable(),
  role: z.enum(['manager', 'administrator']),
  locale: z.enum(locales),
  time_zone: z.string(),
  request_id: z.string().nullable(),
  address: z.string().nullable(),
  via: z.object({ organization_id: z.uuid(), name: z.string() }).optional(),
})
export type Acting = z.infer<typeof actingSchema>

/** Who asks, for the payload. */
export function actingFor(actor: Member): Acting {
  const { user_id, organization_id, name, email, locale, time_zone, request_id, address } = actor
  const role = actor.role === 'administrator' ? 'administrator' : 'manager'
  const base = { user_id, organization_id, name, email, role, locale, time_zone, request_id, address } as const
  return { ...base, ...(actor.via && { via: actor.via }) }
}

/** The same person again, at the moment of the job. */
export function actingAgain(acting: Acting): Member {
  const { user_id, organization_id, name, email, role, locale, time_zone, request_id, address, via } = acting
  const [kind, now] = ['user' as const, new Date()]
  const who = { kind, user_id, organization_id, name, email, role, operator_role: null }
  return { ...who, locale, time_zone, request_id, address, now, today: dayOf(now, time_zone), ...(via && { via }) }
}

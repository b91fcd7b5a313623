/** The secret link of an invitation: made, mailed, and known again only by its hash. */
import { createHash, randomBytes } from 'node:crypto'
import { dayOf, type Member, type Role } from '../platform/actor.ts'
import type { Trx } from '../platform/db/index.ts'
import { formatFor, isLocale } from '../platform/i18n.ts'
import { defineLimit } from '../platform/rate-limits.ts'
import { urls } from '../urls.ts'
import { invitationMail } from './emails/people-mails.ts'
import { type MailConfig, mailPeople, nameOfOrganization } from './mail-people.ts'
import { invitationDays } from './rules.ts'

/** Mails to strangers that an organization can make us send. */
export const invitationLimit = defineLimit('invitation', { capacity: 120, refill_per_minute: 0.2 })

/** 192 random bits, and when the link stops working. */
export function newSecret(now: Date): { token: string; token_hash: Buffer; expires_at: Date } {
  const token = randomBytes(24).toString('base64url')
  return { token, token_hash: hashOf(token), expires_at: new Date(now.getTime() + invitationDays * 86_400_000) }
}

/** Only the hash is kept: who reads the database cannot join. */
export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

type Link = { email: string; role: Role; token: string; expires_at: Date }

/** Mails the link, in the language of the invited where they have an account, else in the inviter's. */
export async function mailInvitation(
  trx: Trx,
  actor: Member,
  { email, role, token, expires_at }: Link,
  config: MailConfig,
): Promise<void> {
  const known = await trx
    .selectFrom('auth.user')
    .select(['locale', 'timeZone'])
    .where('email', '=', email)
    .executeTakeFirst()
  const locale = isLocale(known?.locale) ? known.locale : actor.locale
  const time_zone = known?.timeZone ?? actor.time_zone
  const facts = {
    organization: await nameOfOrganization(trx, actor.organization_id),
    inviter: actor.email ? `${actor.name} (${actor.email})` : actor.name,
    role,
    url: config.base_url + urls.organizations.invited.to({ token }),
    until: formatFor(locale, time_zone).day(dayOf(expires_at, time_zone)),
  }
  const mail = { now: actor.now, template: 'invitation', config }
  await mailPeople(trx, mail, [{ email, locale }], (texts) => invitationMail({ ...texts, ...facts }))
}

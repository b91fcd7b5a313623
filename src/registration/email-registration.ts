import { type Actor, mustBe } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Config } from '../platform/config.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError, ok, type Result, refuse } from '../platform/errors.ts'
import { textsFor } from '../platform/i18n.ts'
import { enqueueMails } from '../platform/mail/index.ts'
import { defineLimit, spend } from '../platform/rate-limits.ts'
import { urls } from '../urls.ts'
import { forwardMail } from './emails/registration-mails.ts'
import { getRegistration, type IssuedKey, listIssuedKeys, type Registration } from './issued-keys.ts'

/** Recipients of one forwarding at most. */
export const mostRecipients = 10
/** The portal's mail must not become a way to write to strangers. */
const forwarded = defineLimit('registration.forwarded_mails', { capacity: 30, refill_per_minute: 1 })
/** A mail lists 50 licenses; the rest stays in the portal. */
const licensesInMail = 51

/**
 * E-mails serial numbers to others; license keys only if the organization allows keys in e-mails.
 * @returns `slower` when the actor wrote to too many addresses.
 * @throws AppError `forbidden` unless the actor is a manager, `not_found` for another organization's registration.
 */
export async function emailRegistration(
  db: Db,
  actor: Actor,
  input: { registration_id: string; emails: string[] },
  config: Pick<Config, 'base_url' | 'support_email'>,
): Promise<Result<object, 'slower'>> {
  mustBe(actor, 'manager')
  const registration = await getRegistration(db, actor, input.registration_id)
  const keys = await listIssuedKeys(db, registration, { limit: licensesInMail })
  try {
    await spend(db, forwarded, actor.user_id, actor.now, input.emails.length)
  } catch (error) {
    if (error instanceof AppError && error.code === 'too_many_requests') return refuse('slower')
    throw error
  }

  const content = forwardMail(factsOf(registration, keys, textsFor(actor.locale), config), actor.name)
  const mails = input.emails.map((email) => ({
    template: 'registration.forward',
    to: { email },
    locale: actor.locale,
    content,
  }))
  await db.transaction().execute(async (trx) => {
    await enqueueMails(trx, actor.now, mails)
    await record(trx, actor, 'registration.emailed', {
      organization_id: actor.organization_id,
      subject_id: registration.id,
      details: { to: input.emails, with_keys: registration.keys_in_email },
    })
  })
  return ok({})
}

function factsOf(
  registration: Registration,
  rows: IssuedKey[],
  t: ReturnType<typeof textsFor>,
  config: Pick<Config, 'base_url' | 'support_email'>,
) {
  const { id, purpose, registered_to, organization_name, keys_in_email, license_count } = registration
  const licenses = [...Map.groupBy(rows, (row) => row.license_id).values()].map((keys) => ({
    serial: keys[0]!.serial,
    product: `${keys[0]!.product} ${keys[0]!.version}`,
    keys: keys_in_email ? keys.flatMap((key) => key.key_text ?? key.file_name ?? []) : [],
  }))
  const url = config.base_url + urls.registration.confirmation.to({ registration: id })
  return {
    t,
    purpose,
    company: registered_to,
    organization: organization_name,
    keys_in_email,
    support_email: config.support_email,
    url,
    count: license_count,
    licenses,
  }
}

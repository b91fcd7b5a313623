import { sql } from 'kysely'
import { type Actor, type Member, mustBe } from '../platform/actor.ts'
import { recordAll } from '../platform/audit.ts'
import type { Config } from '../platform/config.ts'
import { type Db, inTransaction, type Trx } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { enqueueMails } from '../platform/mail/index.ts'
import { defineLimit, spend } from '../platform/rate-limits.ts'
import { type ContactMode, contactsAfter, newlyNamed, sameContacts } from './contact-rules.ts'
import { type Contact, mostContacts } from './contacts.ts'
import { mailsToContacts } from './emails/contact-mails.ts'
import { type HeldLicense, lockHeldLicenses } from './lock-licenses.ts'
import { type LicenseRefusal, optionFactsOf, refusalOfLicense } from './option-rules.ts'

/** Mails to anybody that an organization can make us send by naming them. */
const contactMails = defineLimit('contact_mails', { capacity: 300, refill_per_minute: 1 })

export type AssignContacts = {
  license_ids: readonly string[]
  contacts: readonly Contact[]
  mode: ContactMode
  /** By the licenses' ids: those changed since are refused. */
  revisions?: Readonly<Record<string, number>>
  /** Tells what would happen, and changes nothing. */
  dry_run?: boolean
}

export type ContactRefusal = 'not_found' | 'changed' | 'too_many' | LicenseRefusal

export type ContactsAssigned = {
  /** Ids of the licenses that got other contacts, and how many had these already. */
  changed: string[]
  unchanged: number
  refused: { license_id: string; refusal: ContactRefusal }[]
}

/** What mails about it need to know of the portal. */
export type ContactMailConfig = Pick<Config, 'base_url' | 'support_email'>

type Change = { license: HeldLicense; before: Contact[]; after: Contact[] }

/**
 * Names technical contacts of licenses that the actor's organization may manage, few or thousands, in a fixed number of statements.
 * Each license stands for itself: those refused leave the others alone. Whoever is newly named gets one mail.
 * @throws AppError `forbidden` unless the actor is a manager; `invalid` for more contacts than a license may have;
 * `too_many_requests` after hundreds of mails.
 */
export async function assignContacts(
  db: Db,
  actor: Actor,
  input: AssignContacts,
  config: ContactMailConfig,
): Promise<ContactsAssigned> {
  mustBe(actor, 'manager')
  if (input.contacts.length > mostContacts) throw new AppError('invalid', 'too many contacts')
  return inTransaction(db, async (trx) => {
    const licenses = new Map((await lockHeldLicenses(trx, actor, input.license_ids)).map((row) => [row.id, row]))
    const refused: ContactsAssigned['refused'] = []
    const changes: Change[] = []
    let unchanged = 0
    for (const license_id of new Set(input.license_ids)) {
      const license = licenses.get(license_id)
      const change = license && changeOf(license, input)
      const refusal = change ? refusalOf(change, input) : 'not_found'
      if (refusal) refused.push({ license_id, refusal })
      else if (sameContacts(change!.before, change!.after)) unchanged += 1
      else changes.push(change!)
    }
    if (!input.dry_run) await write(trx, actor, changes, config)
    return { changed: changes.map(({ license }) => license.id), unchanged, refused }
  })
}

function changeOf(license: HeldLicense, { contacts, mode }: AssignContacts): Change {
  const before = license.contacts as Contact[]
  return { license, before, after: contactsAfter(before, contacts, mode) }
}

function refusalOf({ license, after }: Change, { revisions = {} }: AssignContacts): ContactRefusal | null {
  const revision = revisions[license.id]
  if (revision !== undefined && revision !== license.revision) return 'changed'
  if (after.length > mostContacts) return 'too_many'
  return refusalOfLicense('contacts', optionFactsOf(license, license.owner_id))
}

async function write(trx: Trx, actor: Member, changes: Change[], config: ContactMailConfig): Promise<void> {
  if (changes.length === 0) return
  await sql`
    update licenses l set contacts = t.contacts, revision = l.revision + 1
    from unnest(${changes.map(({ license }) => license.id)}::uuid[],
      ${changes.map(({ after }) => JSON.stringify(after))}::jsonb[]) as t (id, contacts)
    where l.id = t.id`.execute(trx)
  const names = (contacts: Contact[]) => contacts.map(({ name }) => name)
  const subjects = changes.map(({ license, before, after }) => ({
    organization_id: license.owner_id,
    customer_id: license.customer_id,
    license_id: license.id,
    details: { contacts: { before: names(before), after: names(after) } },
  }))
  await recordAll(trx, actor, 'license.contacts_assigned', subjects)
  const named = changes.flatMap(({ license, before, after }) =>
    newlyNamed(before, after).map((contact) => ({ contact, license_id: license.id })),
  )
  const mails = await mailsToContacts(trx, actor, named, config)
  if (mails.length > 0) await spend(trx, contactMails, actor.organization_id, actor.now, mails.length)
  await enqueueMails(trx, actor.now, mails)
}

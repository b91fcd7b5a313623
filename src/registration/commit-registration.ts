import { addAddress, associateCustomers } from '../customers/index.ts'
import {
  claimPoolKeys,
  type NewLicenseKey,
  storeLicenseKeys,
  supersedeLicenseKeys,
  usePoolKeys,
} from '../keys/index.ts'
import { lockLicenses, markRegistered, raiseMaintenance } from '../licenses/index.ts'
import type { Member } from '../platform/actor.ts'
import { recordAll } from '../platform/audit.ts'
import type { Config } from '../platform/config.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { uuidv7 } from '../platform/ids.ts'
import { enqueueMails } from '../platform/mail/index.ts'
import type { Completion } from './complete-registration.ts'
import { mailsAboutRegistration } from './emails/mails-about-registration.ts'
import { keyFromPool } from './make-keys.ts'
import type { Prepared } from './prepare-registration.ts'

/**
 * Writes a prepared registration in one short transaction with a fixed number of statements. The lock of the draft
 * makes the second of two completions wait and find the first one's registration; the locks of the licenses make
 * the second of two drafts wait and find their revisions changed.
 */
export async function commitRegistration(
  db: Db,
  actor: Member,
  prepared: Prepared,
  config: Pick<Config, 'base_url' | 'vendor' | 'support_email'>,
): Promise<Completion | 'facts_changed'> {
  try {
    return await db.transaction().execute(async (trx) => {
      const draft = await lockToComplete(trx, prepared.draft.id)
      if (draft.completed_at) return { ok: true, registration_id: await registrationOf(trx, prepared.draft.id) }
      if (draft.discarded_at || draft.revision !== prepared.draft.revision) {
        return { ok: false, refusal: 'changed', serials: [] }
      }
      if (!(await lockUnchanged(trx, prepared.revisions))) return 'facts_changed'
      return { ok: true, registration_id: await write(trx, actor, prepared, config) }
    })
  } catch (error) {
    if (error instanceof PoolEmpty) return { ok: false, refusal: 'pool_empty', serials: error.serials }
    throw error
  }
}

/** Ends the transaction: nothing of the registration may stay. */
class PoolEmpty extends Error {
  readonly serials: string[]
  constructor(serials: string[]) {
    super('a pool has too few keys left')
    this.serials = serials
  }
}

async function lockToComplete(trx: Trx, draft_id: string) {
  return trx
    .selectFrom('registration_drafts')
    .select(['revision', 'discarded_at', 'completed_at'])
    .where('id', '=', draft_id)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

async function registrationOf(trx: Trx, draft_id: string): Promise<string> {
  const query = trx.selectFrom('registrations').select('id').where('draft_id', '=', draft_id)
  return (await query.executeTakeFirstOrThrow()).id
}

async function lockUnchanged(trx: Trx, prepared: ReadonlyMap<string, number>): Promise<boolean> {
  const locked = await lockLicenses(trx, [...prepared.keys()])
  return [...prepared].every(([id, revision]) => locked.get(id) === revision)
}

async function write(
  trx: Trx,
  actor: Member,
  prepared: Prepared,
  config: Pick<Config, 'base_url' | 'vendor' | 'support_email'>,
) {
  const { draft, plan, covered } = prepared
  const registration_id = uuidv7()
  const fromPools = await takeFromPools(trx, prepared)
  const keys = [...prepared.keys, ...fromPools, ...covered.flatMap((each) => each.keys)]

  await insertRegistration(trx, actor, registration_id, prepared)
  await markAll(trx, actor, registration_id, prepared)
  await raiseMaintenance(trx, new Map(covered.map(({ license, until }) => [license.license_id, until])))
  await supersedeLicenseKeys(trx, replacedBy(keys), actor.now)
  await storeLicenseKeys(trx, keys, actor.now)
  await associateCustomers(trx, actor, new Map(plan.licenses.map(({ license }) => [license.customer_id, license])))
  await recordHistory(trx, actor, registration_id, prepared)
  await enqueueMails(trx, actor.now, mailsAboutRegistration({ actor, draft, plan, keys, registration_id, config }))
  await trx
    .updateTable('registration_drafts')
    .set({ completed_at: actor.now, updated_at: actor.now, submitted_at: null, refusal: null })
    .where('id', '=', draft.id)
    .execute()
  return registration_id
}

function replacedBy(keys: NewLicenseKey[]): string[] {
  return keys.flatMap(({ replaces_id }) => replaces_id ?? [])
}

async function takeFromPools(trx: Trx, { draft, from_pool }: Prepared): Promise<NewLicenseKey[]> {
  if (from_pool.size === 0) return []
  const wanted = new Map([...from_pool].map(([product_id, licenses]) => [product_id, licenses.length]))
  const claimed = await claimPoolKeys(trx, wanted)
  if (!claimed) throw new PoolEmpty([...from_pool.values()].flat().map(({ license }) => license.serial))

  const taken = [...from_pool].flatMap(([product_id, licenses]) => {
    const free = claimed.get(product_id)!
    return licenses.map((planned, n) => {
      const { id, key_text } = free[n]!
      return { pool_key_id: id, key: keyFromPool(planned, draft.details.registered_to!, key_text) }
    })
  })
  await usePoolKeys(
    trx,
    taken.map(({ pool_key_id, key }) => ({ pool_key_id, license_key_id: key.id })),
  )
  return taken.map(({ key }) => key)
}

async function insertRegistration(trx: Trx, actor: Member, id: string, { draft, plan }: Prepared) {
  await trx
    .insertInto('registrations')
    .values({
      id,
      draft_id: draft.id,
      organization_id: actor.organization_id,
      user_id: actor.user_id,
      completed_at: actor.now,
      license_count: plan.licenses.length,
      registered_to: draft.details.registered_to!,
      contacts: JSON.stringify(draft.details.contacts),
    })
    .execute()
}

async function markAll(trx: Trx, actor: Member, registration_id: string, { draft, plan }: Prepared) {
  const { address, contacts, registered_to } = draft.details
  const address_id = address && 'id' in address ? address.id : address && (await addAddress(trx, actor, address))
  const facts = {
    registration_id,
    organization_id: actor.organization_id,
    registered_at: actor.now,
    registered_to: registered_to!,
    address_id,
    contacts,
  }
  const licenses = plan.licenses.map(({ license, fields, relation, maintenance_until }) => ({
    license_id: license.license_id,
    fields,
    covers_license_id: relation?.kind === 'covers' ? relation.license_id : null,
    renews_license_id: relation?.kind === 'renews' ? relation.license_id : null,
    maintenance_until,
  }))
  await markRegistered(trx, facts, licenses)
}

async function recordHistory(trx: Trx, actor: Member, registration_id: string, { draft, plan, covered }: Prepared) {
  const { organization_id } = actor
  await recordAll(trx, actor, 'registration.completed', [
    { organization_id, subject_id: registration_id, details: { licenses: plan.licenses.length } },
  ])
  const registered = plan.licenses.map(({ license, relation }) => ({
    organization_id,
    customer_id: license.customer_id,
    license_id: license.license_id,
    subject_id: registration_id,
    details: {
      serial: license.serial,
      registered_to: draft.details.registered_to,
      ...(relation ? { [relation.kind]: relation.serial } : {}),
    },
  }))
  await recordAll(trx, actor, 'license.registered', registered)
  const extended = covered.map(({ license, until, keys }) => ({
    organization_id,
    customer_id: license.customer_id,
    license_id: license.license_id,
    subject_id: registration_id,
    details: { maintenance_until: { before: license.maintenance_until, after: until }, keys_reissued: keys.length },
  }))
  await recordAll(trx, actor, 'license.maintenance_extended', extended)
}

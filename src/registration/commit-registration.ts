import { sql } from 'kysely'
import { addAddress, associateCustomers, associationEvents } from '../customers/index.ts'
import {
  claimPoolKeys,
  licenseKeyInserts,
  type NewLicenseKey,
  supersedeLicenseKeys,
  usePoolKeys,
} from '../keys/index.ts'
import { lockLicenses, markRegistered, raiseMaintenance } from '../licenses/index.ts'
import type { Member } from '../platform/actor.ts'
import { insertEvents } from '../platform/audit.ts'
import { type Db, prepared as once, type Trx, together } from '../platform/db/index.ts'
import { uuidv7 } from '../platform/ids.ts'
import { deliverSoon, insertMails } from '../platform/mail/index.ts'
import type { Completion, Issuing } from './complete-registration.ts'
import { mailsAboutRegistration } from './emails/mails-about-registration.ts'
import { keyFromPool } from './make-keys.ts'
import type { PlannedLicense } from './plan-registration.ts'
import type { Prepared } from './prepare-registration.ts'
import type { Wizard } from './wizard.ts'

/**
 * Writes a prepared registration in one short transaction with a fixed number of statements. The lock of the draft
 * makes the second of two completions wait and find the first one's registration; the locks of the licenses make
 * the second of two drafts wait and find their revisions changed.
 */
export async function commitRegistration(
  db: Db,
  actor: Member,
  prepared: Prepared,
  config: Issuing['config'],
  wizard: Wizard,
): Promise<Completion | 'facts_changed'> {
  try {
    const committed = await commit(db, actor, prepared, config, wizard)
    if (committed !== 'facts_changed' && committed.ok) await deliverSoon(db)
    return committed
  } catch (error) {
    if (error instanceof PoolEmpty) return { ok: false, refusal: 'pool_empty', serials: error.serials }
    throw error
  }
}

function commit(
  db: Db,
  actor: Member,
  prepared: Prepared,
  config: Issuing['config'],
  wizard: Wizard,
): Promise<Completion | 'facts_changed'> {
  return db.transaction().execute(async (trx) => {
    const { revisions, ...draft } = await lock(trx, prepared)
    if (draft.completed_at) return { ok: true, registration_id: await registrationOf(trx, prepared.draft.id) }
    if (draft.discarded_at || draft.revision !== prepared.draft.revision) {
      return { ok: false, refusal: 'changed', serials: [] }
    }
    if ([...prepared.revisions].some(([id, revision]) => revisions?.[id] !== revision)) return 'facts_changed'
    if (wizard.begin && !(await wizard.begin(trx, actor, prepared))) return 'facts_changed'
    const registration_id = await write(trx, actor, prepared, config)
    await wizard.finish?.(trx, actor, prepared, registration_id)
    return { ok: true, registration_id }
  })
}

/** Ends the transaction: nothing of the registration may stay. */
class PoolEmpty extends Error {
  readonly serials: string[]
  constructor(serials: string[]) {
    super('a pool has too few keys left')
    this.serials = serials
  }
}

type Locked = {
  revision: number
  discarded_at: Date | null
  completed_at: Date | null
  /** By license id. */
  revisions: Record<string, number> | null
}

/** Locks the draft, and unless it was completed meanwhile then its licenses: `exists` waits for the draft's lock. */
async function lock(trx: Trx, { draft, revisions }: Prepared): Promise<Locked> {
  const isOpen = sql`exists (select from draft where completed_at is null)`
  const { rows } = await sql<Locked>`${once}
    with draft as materialized (
      select revision, discarded_at, completed_at from registration_drafts where id = ${draft.id}::uuid for update
    ),
    locked as materialized (${lockLicenses([...revisions.keys()], isOpen)})
    select draft.*, (select jsonb_object_agg(id, revision) from locked) as revisions from draft`.execute(trx)
  return rows[0]!
}

async function registrationOf(trx: Trx, draft_id: string): Promise<string> {
  const query = trx.selectFrom('registrations').select('id').where('draft_id', '=', draft_id)
  return (await query.executeTakeFirstOrThrow()).id
}

async function write(trx: Trx, actor: Member, prepared: Prepared, config: Issuing['config']): Promise<string> {
  const { draft, plan, covered } = prepared
  const registration_id = uuidv7()
  const keys = [...prepared.keys, ...(await takeFromPools(trx, prepared)), ...covered.flatMap((each) => each.keys)]
  const address_id = await addressOf(trx, actor, draft)
  await raiseMaintenance(trx, new Map(covered.map(({ license, until }) => [license.license_id, until])))
  await supersedeLicenseKeys(trx, replacedBy(keys), actor.now)

  // What belongs to another organization proves nothing about its customers.
  const own = plan.licenses.filter(({ license }) => ownerOf(license, actor) === actor.organization_id)
  const proofs = new Map(own.map(({ license }) => [license.customer_id, license]))
  const history = [...associationEvents(actor, proofs), ...eventsOf(actor, registration_id, prepared)]
  const isNews = sql`action <> 'customer.associated' or customer_id in (select customer_id from associated)`
  const [keyInsert, ...moreKeyInserts] = licenseKeyInserts(keys, actor.now)
  await together(trx, {
    registration: insertRegistration(actor, registration_id, prepared),
    registered: markRegistered(...registeredOf(actor, registration_id, address_id, prepared)),
    ...(keyInsert ? { keys: keyInsert } : {}),
    associated: associateCustomers(actor, proofs),
    history: insertEvents(actor, history, isNews),
    mails: insertMails(actor.now, mailsAboutRegistration({ actor, draft, plan, keys, registration_id, config })),
    completed: sql`
      update registration_drafts set completed_at = ${actor.now}::timestamptz, updated_at = ${actor.now}::timestamptz,
        submitted_at = null, refusal = null
      where id = ${draft.id}::uuid`,
  })
  for (const insert of moreKeyInserts) await insert.execute(trx)
  return registration_id
}

/** Who owns a license when it is registered: an upgrade changes no owner. */
function ownerOf({ predecessor }: PlannedLicense['license'], { organization_id }: Member): string {
  return predecessor?.owner_id ?? organization_id
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

function insertRegistration(actor: Member, id: string, { draft, plan }: Prepared) {
  return sql`
    insert into registrations (id, draft_id, organization_id, user_id, completed_at, license_count, registered_to, contacts)
    values (${id}::uuid, ${draft.id}::uuid, ${actor.organization_id}::uuid, ${actor.user_id}::uuid,
      ${actor.now}::timestamptz, ${plan.licenses.length}::int, ${draft.details.registered_to},
      ${JSON.stringify(draft.details.contacts)}::jsonb)`
}

async function addressOf(trx: Trx, actor: Member, { details: { address } }: Prepared['draft']): Promise<string | null> {
  if (!address) return null
  return 'id' in address ? address.id : addAddress(trx, actor, address)
}

function registeredOf(
  actor: Member,
  registration_id: string,
  address_id: string | null,
  { draft, plan }: Prepared,
): Parameters<typeof markRegistered> {
  const { contacts, registered_to } = draft.details
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
    owner_id: license.predecessor?.owner_id ?? null,
  }))
  return [facts, licenses]
}

/** One line for the registration, one for each license registered, one for each whose maintenance was extended. */
function eventsOf(actor: Member, registration_id: string, { draft, plan, covered }: Prepared) {
  const common = { organization_id: actor.organization_id, subject_id: registration_id }
  const registered = plan.licenses.map(({ license, relation }) => ({
    ...common,
    organization_id: ownerOf(license, actor),
    action: 'license.registered',
    customer_id: license.customer_id,
    license_id: license.license_id,
    details: {
      serial: license.serial,
      registered_to: draft.details.registered_to,
      ...(relation ? { [relation.kind]: relation.serial } : {}),
    },
  }))
  const extended = covered.map(({ license, until, keys }) => ({
    ...common,
    action: 'license.maintenance_extended',
    customer_id: license.customer_id,
    license_id: license.license_id,
    details: { maintenance_until: { before: license.maintenance_until, after: until }, keys_reissued: keys.length },
  }))
  const completed = { ...common, action: 'registration.completed', details: { licenses: plan.licenses.length } }
  return [completed, ...registered, ...extended]
}

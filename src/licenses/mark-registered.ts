import { sql } from 'kysely'
import type { Day } from '../platform/actor.ts'
import type { Trx } from '../platform/db/index.ts'

/**
 * The query that locks licenses until the transaction ends and gives the `id` and `revision` of each, for a common
 * table expression. Always in the order of their ids, so that callers whose sets overlap wait for one another
 * instead of deadlocking. Nothing is locked unless the condition holds.
 */
export function lockLicenses(ids: string[], condition = sql`true`) {
  return sql`
    select id, revision from licenses where id = any(${ids}::uuid[]) and ${condition} order by id for no key update`
}

/** What registration decides once for all its licenses. */
export type RegistrationFacts = {
  registration_id: string
  organization_id: string
  registered_at: Date
  registered_to: string
  address_id: string | null
  contacts: unknown[]
}

export type RegisteredLicense = {
  license_id: string
  fields: Record<string, unknown>
  covers_license_id: string | null
  renews_license_id: string | null
  maintenance_until: Day | null
  /** Another organization than the registering one, that owns what the license is made from. */
  owner_id: string | null
}

/**
 * The statement that makes an organization the owner of licenses, for `together`. The caller holds their locks and
 * found them unregistered.
 */
export function markRegistered(facts: RegistrationFacts, licenses: RegisteredLicense[]) {
  const column = <C extends keyof RegisteredLicense>(name: C) => licenses.map((license) => license[name])
  return sql`
    update licenses l set owner_id = coalesce(t.owner_id, ${facts.organization_id}::uuid), registration_id = ${facts.registration_id},
      registered_at = ${facts.registered_at}, registered_to = ${facts.registered_to},
      address_id = ${facts.address_id}::uuid,
      contacts = ${JSON.stringify(facts.contacts)}::jsonb, fields = t.fields,
      covers_license_id = coalesce(t.covers_license_id, l.covers_license_id),
      renews_license_id = coalesce(t.renews_license_id, l.renews_license_id),
      maintenance_until = t.maintenance_until, revision = l.revision + 1
    from unnest(${column('license_id')}::uuid[], ${licenses.map(({ fields }) => JSON.stringify(fields))}::jsonb[],
      ${column('covers_license_id')}::uuid[], ${column('renews_license_id')}::uuid[],
      ${column('maintenance_until')}::date[], ${column('owner_id')}::uuid[])
      as t (license_id, fields, covers_license_id, renews_license_id, maintenance_until, owner_id)
    where l.id = t.license_id`
}

/** Raises the end of maintenance of licenses. The caller holds their locks. */
export async function raiseMaintenance(trx: Trx, raised: ReadonlyMap<string, Day>): Promise<void> {
  if (raised.size === 0) return
  await sql`
    update licenses l set maintenance_until = greatest(l.maintenance_until, t.until), revision = l.revision + 1
    from unnest(${[...raised.keys()]}::uuid[], ${[...raised.values()]}::date[]) as t (id, until)
    where l.id = t.id`.execute(trx)
}

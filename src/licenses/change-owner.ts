import { sql } from 'kysely'
import type { Trx } from '../platform/db/index.ts'

/** What a license loses with its owner, by its id: undoing brings it back. */
export type OwnersFacts = {
  contacts: unknown
  address_id: string | null
  registered_to: string | null
  registration_id: string
}

/**
 * Gives registered licenses another owner. Contacts and install-at address, which are people and places of the one
 * before, do not go along; keys do. The caller holds the locks. @returns what the licenses had, by their ids.
 */
export async function changeOwner(
  trx: Trx,
  license_ids: readonly string[],
  to: { organization_id: string; registered_to: string },
): Promise<Map<string, OwnersFacts>> {
  const { rows } = await sql<OwnersFacts & { id: string }>`
    select id, contacts, address_id, registered_to, registration_id from licenses
    where id = any(${license_ids}::uuid[])`.execute(trx)
  await sql`
    update licenses set owner_id = ${to.organization_id}, registered_to = ${to.registered_to}, address_id = null,
      contacts = '[]', revision = revision + 1
    where id = any(${license_ids}::uuid[])`.execute(trx)
  return new Map(rows.map(({ id, ...facts }) => [id, facts]))
}

/** Gives licenses back to the owner before, with what they had then. The caller holds the locks. */
export async function restoreOwner(
  trx: Trx,
  organization_id: string,
  before: ReadonlyMap<string, OwnersFacts>,
): Promise<void> {
  const rows = [...before].map(([id, facts]) => ({ id, ...facts }))
  await sql`
    update licenses l set owner_id = ${organization_id}, registered_to = t.registered_to, address_id = t.address_id,
      contacts = t.contacts, revision = revision + 1
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as t (id uuid, contacts jsonb, address_id uuid, registered_to text)
    where l.id = t.id`.execute(trx)
}

/**
 * Gives another organization a copy of an owner's comments: `copies` says which license's go to which (a part that was
 * divided off has none of its own).
 */
export async function copyComments(
  trx: Trx,
  { from, to, copies }: { from: string; to: string; copies: readonly { license_id: string; moved_id: string }[] },
): Promise<void> {
  await sql`
    insert into license_comments (id, license_id, organization_id, user_id, body, created_at)
    select gen_random_uuid(), t.moved_id, ${to}, c.user_id, c.body, c.created_at
    from unnest(${copies.map(({ license_id }) => license_id)}::uuid[], ${copies.map(({ moved_id }) => moved_id)}::uuid[])
      as t (license_id, moved_id)
    join license_comments c on c.license_id = t.license_id and c.organization_id = ${from} and c.removed_at is null`.execute(
    trx,
  )
}

/** What is asked about a reader once for each page of the catalog, before anything else. */
import { sql } from 'kysely'
import type { Member } from '../platform/actor.ts'
import { type Db, prepared } from '../platform/db/index.ts'
import type { CatalogField } from './catalog-rows.ts'
import { type Granted, howManyGranted } from './visible-licenses.ts'

export type Reach = {
  granted: Granted
  /** Whether the organization added license information by serial number. */
  added: boolean
  /** The fields of the organization, in its order; to who acts for it, those that it shares. */
  fields: CatalogField[]
}

/** Which sources a reader's catalog has, and which fields. */
export async function reachOf(db: Db, actor: Member): Promise<Reach> {
  const { organization_id, via } = actor
  const { rows } = await sql<Reach>`${prepared}select ${howManyGranted(actor)} as granted,
    exists (select from license_bookmarks where organization_id = ${organization_id}::uuid) as added,
    (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name, 'type', type, 'choices', choices,
        'in_catalog', in_catalog) order by position, id), '[]')
      from user_defined_fields
      where organization_id = ${organization_id}::uuid and deleted_at is null ${via ? sql`and shared` : sql``}) as fields`.execute(
    db,
  )
  return rows[0]!
}

/** The fields of the actor's organization, in its order; to who acts for it, those that it shares. */
export async function listCatalogFields(db: Db, actor: Member): Promise<CatalogField[]> {
  return (await reachOf(db, actor)).fields
}

/** Which columns a reader sees in the catalog, in which order. The serial number always comes first. */
import { type Actor, type Member, mustBe } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import type { CatalogField } from './catalog-rows.ts'

export const columnNames = [
  'product',
  'version',
  'kind',
  'quantity',
  'customer',
  'end',
  'maintenance',
  'newest',
  'registered_to',
  'address',
  'contacts',
  'order',
  'purchase_order',
  'certificate',
  'tags',
] as const
/** A property of licenses, or `field:` and the id of a user-defined field. */
export type ColumnName = (typeof columnNames)[number] | `field:${string}`

const usual: readonly ColumnName[] = ['product', 'customer', 'end', 'newest']
/** More fields than these would not fit beside the usual columns; the others can be chosen. */
const usualFields = 3

/** All columns there are, in the order in which they are offered. */
export function allColumns(fields: readonly CatalogField[]): ColumnName[] {
  return [...columnNames, ...fields.filter(({ in_catalog }) => in_catalog).map(({ id }) => `field:${id}` as const)]
}

/** What a reader sees who has not chosen: what most ask for, and the first fields shown in the catalog. */
export function usualColumns(fields: readonly CatalogField[]): ColumnName[] {
  const shown = fields.filter(({ in_catalog }) => in_catalog).slice(0, usualFields)
  return [...usual, ...shown.map(({ id }) => `field:${id}` as const)]
}

/** The columns that the actor chose, or the usual ones; a field that is no longer there is left out. */
export async function listColumns(db: Db, actor: Member, fields: readonly CatalogField[]): Promise<ColumnName[]> {
  const chosen = await db
    .selectFrom('catalog_columns')
    .select('columns')
    .where('organization_id', '=', actor.organization_id)
    .where('user_id', '=', actor.user_id)
    .executeTakeFirst()
  if (!chosen) return usualColumns(fields)
  const all = allColumns(fields)
  return chosen.columns.map((name) => name as ColumnName).filter((name) => all.includes(name))
}

/** Keeps the columns that the actor chose, in this order; null brings the usual ones back. */
export async function saveColumns(db: Db, actor: Actor, columns: readonly ColumnName[] | null): Promise<void> {
  mustBe(actor, 'viewer')
  const { organization_id, user_id } = actor
  if (!columns) {
    await db
      .deleteFrom('catalog_columns')
      .where('organization_id', '=', organization_id)
      .where('user_id', '=', user_id)
      .execute()
    return
  }
  const chosen = [...new Set(columns)].slice(0, 60)
  await db
    .insertInto('catalog_columns')
    .values({ organization_id, user_id, columns: chosen })
    .onConflict((row) => row.columns(['organization_id', 'user_id']).doUpdateSet({ columns: chosen }))
    .execute()
}

import type { Format, T } from '../../platform/i18n.ts'
import type { ColumnName } from '../catalog-columns.ts'
import type { CatalogField } from '../catalog-rows.ts'
import type { CatalogSort } from '../schemas.ts'

type Fields = readonly CatalogField[]

/** What a column, or an order of the catalog, is called. */
export function nameOf(t: T, name: ColumnName | CatalogSort, fields: Fields): string {
  if (name.startsWith('field:')) return fields.find(({ id }) => `field:${id}` === name)?.name ?? ''
  switch (name as Exclude<ColumnName | CatalogSort, `field:${string}`>) {
    case 'serial':
    case 'product':
    case 'customer':
      return t(`licenses.column.${name as 'serial' | 'product' | 'customer'}`)
    case 'end':
      return t('licenses.column.status')
    case 'newest':
      return t('licenses.column.registered')
    default:
      return t(
        `catalog.column.${name as Exclude<typeof name, `field:${string}` | 'serial' | 'product' | 'customer' | 'end' | 'newest'>}`,
      )
  }
}

/** A value of a user-defined field as its reader writes such. */
export function valueText(t: T, format: Format, type: CatalogField['type'], value: string): string {
  if (type === 'yes_no') return t(value === 'true' ? 'catalog.yes' : 'catalog.no')
  return type === 'date' ? format.shortDay(value) : value
}

export function shorten(text: string): string {
  const signs = [...text]
  return signs.length > 40 ? `${signs.slice(0, 39).join('')}…` : text
}

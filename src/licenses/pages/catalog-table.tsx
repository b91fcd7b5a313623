import type { Day } from '../../platform/actor.ts'
import type { Format, T } from '../../platform/i18n.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Icon } from '../../ui/icon.tsx'
import type { Column } from '../../ui/table.tsx'
import { Code, Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { CatalogPage } from '../catalog.ts'
import type { ColumnName } from '../catalog-columns.ts'
import type { CatalogField, CatalogRow, OwnNotes } from '../catalog-rows.ts'
import { nameOf, valueText } from './catalog-texts.ts'
import { LicenseStatusBadge } from './license-status.tsx'

export type TableProps = {
  t: T
  format: Format
  today: Day
  page: CatalogPage
  columns: ColumnName[]
  notes: OwnNotes
  upgrades: Upgrades
}

/** What a license can be upgraded to, and where, by its id. */
export type Upgrades = ReadonlyMap<string, { version: string; href: string }>

/** The columns that the reader chose, after the serial number. */
export function columnsOf(props: TableProps): Column<CatalogRow>[] {
  const { t, page, columns } = props
  const serial: Column<CatalogRow> = {
    key: 'serial',
    head: nameOf(t, 'serial', page.fields),
    main: true,
    nowrap: true,
    cell: (row) => serialCell(t, row, props.upgrades),
  }
  const chosen = columns.map((name) => ({
    key: name,
    head: nameOf(t, name, page.fields),
    ...cellsOf(props, name),
  }))
  return [serial, ...chosen].map((column) => ({
    ...column,
    sortable: page.sortable.some((by) => by === column.key),
  }))
}

function serialCell(t: T, { id, serial }: CatalogRow, upgrades: Upgrades) {
  const upgrade = upgrades.get(id)
  const offer = upgrade && t('upgrades.offer', { version: upgrade.version })
  const software = t('licenses.software_of', { serial })
  return (
    <>
      <span class="kp-copy-code">
        <a href={urls.licenses.show.to({ serial })}>
          <Code>{serial}</Code>
        </a>
        <CopyButton t={t} text={serial} name={serial} wordless />
        <a class="kp-icon-btn" href={urls.software.ofLicense.to({ serial })} aria-label={software} title={software}>
          {Icon({ name: 'download' })}
        </a>
      </span>
      {upgrade && offer && (
        <div class="kp-status-date">
          <a href={upgrade.href} aria-label={t('upgrades.offer_for', { offer, serial })}>
            {offer}
          </a>
        </div>
      )}
    </>
  )
}

type Cells = Pick<Column<CatalogRow>, 'cell' | 'align' | 'nowrap'>

function cellsOf(props: TableProps, name: ColumnName): Cells {
  const { t, format, today, notes, page } = props
  if (name.startsWith('field:')) return fieldCells(props, page.fields.find(({ id }) => `field:${id}` === name)!)
  switch (name as Exclude<ColumnName, `field:${string}`>) {
    case 'product':
      return { cell: (row) => <Product t={t} row={row} /> }
    case 'version':
      return { cell: ({ version }) => <Text>{version}</Text> }
    case 'kind':
      return { cell: ({ kind }) => t(`licenses.kind.${kind}`) }
    case 'quantity':
      return { cell: ({ quantity }) => format.number(quantity), align: 'end' }
    case 'customer':
      return { cell: (row) => <Customer row={row} /> }
    case 'end':
      return { cell: (license) => <LicenseStatusBadge t={t} format={format} today={today} license={license} /> }
    case 'maintenance':
      return { cell: ({ maintenance_until: day }) => day && format.shortDay(day), nowrap: true }
    case 'newest':
      return { cell: ({ registered_on: day }) => day && format.shortDay(day), nowrap: true }
    case 'registered_to':
      return { cell: ({ registered_to }) => <Text>{registered_to ?? ''}</Text> }
    case 'address':
      return { cell: ({ address }) => <Text>{address ?? ''}</Text> }
    case 'contacts':
      return { cell: ({ contacts }) => contacts.map((contact) => <Contact contact={contact} />) }
    case 'order':
      return { cell: ({ order_number }) => order_number && <Code wrap>{order_number}</Code> }
    case 'purchase_order':
      return { cell: ({ purchase_order }) => purchase_order && <Code wrap>{purchase_order}</Code> }
    case 'certificate':
      return { cell: ({ certificate_number }) => certificate_number && <Code wrap>{certificate_number}</Code> }
    case 'tags':
      return { cell: ({ id }) => <Tags tags={notes.tags.get(id) ?? []} /> }
  }
}

function fieldCells({ t, format, notes }: TableProps, { id, type }: CatalogField): Cells {
  return {
    align: type === 'number' ? 'end' : undefined,
    cell: (row) => {
      const value = notes.values.get(row.id)?.get(id)
      return value === undefined ? '' : <Text>{valueText(t, format, type, value)}</Text>
    },
  }
}

function Product({ t, row }: { t: T; row: CatalogRow }) {
  return (
    <>
      <Text>
        {row.product_name} {row.version}
      </Text>
      <div class="kp-status-date">
        {t(`licenses.meter.${row.meter}`, { count: row.quantity })}
        {row.kind !== 'product' && ` · ${t(`licenses.kind.${row.kind}`)}`}
      </div>
    </>
  )
}

function Customer({ row: { customer_name, customer_number } }: { row: CatalogRow }) {
  return (
    <>
      <Text>{customer_name}</Text>
      <div class="kp-status-date">
        <Code wrap>{customer_number}</Code>
      </div>
    </>
  )
}

function Contact({ contact: { name, email } }: { contact: CatalogRow['contacts'][number] }) {
  return (
    <div>
      <Text>{name}</Text>
      <div class="kp-status-date">
        <Text>{email}</Text>
      </div>
    </div>
  )
}

function Tags({ tags }: { tags: string[] }) {
  return (
    <span class="kp-tags">
      {tags.map((tag) => (
        <a class="kp-tag" href={urls.licenses.catalog.to({ tag })}>
          <bdi>{tag}</bdi>
        </a>
      ))}
    </span>
  )
}

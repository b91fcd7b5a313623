import type { Day } from '../../platform/actor.ts'
import type { Format, T } from '../../platform/i18n.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { SelectField, TextField } from '../../ui/form.tsx'
import { type Column, DataTable, type Empty, type Filter, FilterBar, FilterChips } from '../../ui/table.tsx'
import { Code, Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { CatalogPage } from '../catalog.ts'
import type { CatalogRow } from '../catalog-rows.ts'
import { kinds, statuses } from '../rules.ts'
import type { CatalogQuery } from '../schemas.ts'
import { LicenseStatusBadge } from './license-status.tsx'

type Props = {
  t: T
  format: Format
  today: Day
  query: CatalogQuery
  page: CatalogPage
  products: { code: string; name: string }[]
  /** Whether the reader may register licenses. */
  mayRegister: boolean
}

/** The License Catalog: search, filters, and what was found. */
export function CatalogBody(props: Props) {
  const { t, query, page } = props
  return (
    <>
      <Search {...props} />
      <div id="found">
        <FilterChips t={t} filters={filtersOf(props)} clearHref={urls.licenses.catalog.to({ q: query.q })} />
        {page.rows.length > 0 && <Count {...props} />}
        <Card flush>
          <DataTable
            t={t}
            id="licenses"
            caption={t('licenses.catalog.caption')}
            columns={columnsOf(props)}
            rows={page.rows}
            sort={{
              by: page.order.by,
              direction: page.order.direction,
              href: (sort, direction) => urls.licenses.catalog.to({ ...asked(query), sort, direction }),
            }}
            empty={emptyOf(props)}
            moreHref={page.next && urls.licenses.catalog.to({ ...asked(query), ...sortOf(query), after: page.next })}
          />
        </Card>
      </div>
    </>
  )
}

/** The question without its order and place. */
function asked({ q, status, product, kind }: CatalogQuery) {
  return { q, status, product, kind }
}

function sortOf({ sort, direction }: CatalogQuery) {
  return { sort, direction }
}

function Search({ t, query, products }: Props) {
  const { q, status = '', product = '', kind = '', sort, direction } = query
  const any = t('licenses.catalog.any')
  const form = { values: { q, status, product, kind }, errors: {} }
  return (
    <FilterBar
      t={t}
      form={form}
      action={urls.licenses.catalog.to()}
      label={t('licenses.catalog.search')}
      results="found"
    >
      <TextField
        name="q"
        type="search"
        label={t('licenses.catalog.search')}
        hint={t('licenses.catalog.search_hint')}
        autocomplete="off"
      />
      <SelectField
        name="status"
        label={t('licenses.catalog.status')}
        empty={any}
        options={statuses.map((value) => ({ value, text: t(`licenses.status.${value}`) }))}
      />
      <SelectField
        name="product"
        label={t('licenses.catalog.product')}
        empty={any}
        options={products.map(({ code, name }) => ({ value: code, text: name }))}
      />
      <SelectField
        name="kind"
        label={t('licenses.catalog.kind')}
        empty={any}
        options={kinds.map((value) => ({ value, text: t(`licenses.kind.${value}`) }))}
      />
      {sort && <input type="hidden" name="sort" value={sort} />}
      {direction && <input type="hidden" name="direction" value={direction} />}
      <Button look="primary" icon="search">
        {t('licenses.catalog.submit')}
      </Button>
    </FilterBar>
  )
}

function filtersOf({ t, query, products }: Props): Filter[] {
  const without = (name: 'q' | 'status' | 'product' | 'kind') =>
    urls.licenses.catalog.to({ ...asked(query), ...sortOf(query), [name]: undefined })
  const { q, status, product, kind } = query
  const name = products.find(({ code }) => code === product)?.name ?? product
  const filters = [
    q && { label: t('licenses.catalog.search'), value: shorten(q), removeHref: without('q') },
    status && {
      label: t('licenses.catalog.status'),
      value: t(`licenses.status.${status}`),
      removeHref: without('status'),
    },
    name && { label: t('licenses.catalog.product'), value: shorten(name), removeHref: without('product') },
    kind && { label: t('licenses.catalog.kind'), value: t(`licenses.kind.${kind}`), removeHref: without('kind') },
  ]
  return filters.filter((filter) => typeof filter === 'object')
}

function shorten(text: string): string {
  const signs = [...text]
  return signs.length > 40 ? `${signs.slice(0, 39).join('')}…` : text
}

function Count({ t, query, page: { total } }: Props) {
  if (total.exact) return <p class="kp-count">{t('licenses.catalog.count', total)}</p>
  return (
    <p class="kp-count">
      {t('licenses.catalog.count_over', total)}{' '}
      <a href={urls.licenses.catalog.to({ ...asked(query), ...sortOf(query), count: 'all' })} rel="nofollow">
        {t('licenses.catalog.count_all')}
      </a>
    </p>
  )
}

function columnsOf({ t, format, today, page }: Props): Column<CatalogRow>[] {
  const columns: Column<CatalogRow>[] = [
    {
      key: 'serial',
      head: t('licenses.column.serial'),
      main: true,
      nowrap: true,
      cell: ({ serial }) => (
        <span class="kp-copy-code">
          <a href={urls.licenses.show.to({ serial })}>
            <Code>{serial}</Code>
          </a>
          <CopyButton t={t} text={serial} name={serial} wordless />
        </span>
      ),
    },
    { key: 'product', head: t('licenses.column.product'), cell: (row) => <Product t={t} row={row} /> },
    {
      key: 'customer',
      head: t('licenses.column.customer'),
      cell: ({ customer_name, customer_number }) => (
        <>
          <Text>{customer_name}</Text>
          <div class="kp-status-date">
            <Code wrap>{customer_number}</Code>
          </div>
        </>
      ),
    },
    {
      key: 'end',
      head: t('licenses.column.status'),
      cell: (license) => <LicenseStatusBadge t={t} format={format} today={today} license={license} />,
    },
    {
      key: 'newest',
      head: t('licenses.column.registered'),
      nowrap: true,
      cell: ({ registered_on }) => registered_on && format.shortDay(registered_on),
    },
  ]
  return columns.map((column) => ({ ...column, sortable: page.sortable.some((by) => by === column.key) }))
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

function emptyOf({ t, query, mayRegister }: Props): Empty {
  const getKey = (
    <LinkButton look="primary" icon="key" href={urls.registration.start.to()}>
      {t('licenses.catalog.get_key')}
    </LinkButton>
  )
  if (query.q || query.status || query.product || query.kind) {
    return {
      icon: 'search',
      title: t('licenses.catalog.nothing.title'),
      text: t('licenses.catalog.nothing.text'),
      action: <LinkButton href={urls.licenses.catalog.to()}>{t('licenses.catalog.nothing.clear')}</LinkButton>,
    }
  }
  return {
    icon: 'license',
    title: t('licenses.catalog.empty.title'),
    text: mayRegister ? t('licenses.catalog.empty.text') : t('licenses.catalog.empty.viewer'),
    action: mayRegister && getKey,
  }
}

import type { Format, T } from '../../platform/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { FieldRow, SelectField, TextField } from '../../ui/form.tsx'
import { type Filter, FilterBar } from '../../ui/table.tsx'
import { urls } from '../../urls.ts'
import type { CatalogProduct } from '../catalog.ts'
import type { CatalogField } from '../catalog-rows.ts'
import { kinds, statuses } from '../rules.ts'
import { type CatalogQuery, type Question, questionOf, sortOf } from '../schemas.ts'
import { sources } from '../visible-licenses.ts'
import { shorten, valueText } from './catalog-texts.ts'

export type FilterProps = {
  t: T
  format: Format
  query: CatalogQuery
  products: CatalogProduct[]
  tags: string[]
  fields: CatalogField[]
  /** The name of the owner that the question asks for. */
  owner?: string | undefined
}

/** The box that finds by everything, the filters asked for most, and the others behind a fold. */
export function CatalogSearch(props: FilterProps) {
  const { t, query, products } = props
  const { sort, direction } = query
  const asked = Object.entries(questionOf(query)).map(([name, value]) => [name, value ?? ''])
  return (
    <FilterBar
      t={t}
      form={{ values: Object.fromEntries(asked), errors: {} }}
      action={urls.licenses.catalog.to()}
      label={t('licenses.catalog.search')}
      results="found"
    >
      <TextField
        name="q"
        type="search"
        label={t('licenses.catalog.search')}
        hint={t('catalog.search_hint')}
        autocomplete="off"
      />
      <SelectField
        name="status"
        label={t('licenses.catalog.status')}
        empty={t('licenses.catalog.any')}
        options={statuses.map((value) => ({ value, text: t(`licenses.status.${value}`) }))}
      />
      <SelectField
        name="product"
        label={t('licenses.catalog.product')}
        empty={t('licenses.catalog.any')}
        options={products.map(({ code, name }) => ({ value: code, text: name }))}
      />
      <SelectField
        name="kind"
        label={t('licenses.catalog.kind')}
        empty={t('licenses.catalog.any')}
        options={kinds.map((value) => ({ value, text: t(`licenses.kind.${value}`) }))}
      />
      {sort && <input type="hidden" name="sort" value={sort} />}
      {direction && <input type="hidden" name="direction" value={direction} />}
      <Button look="primary" icon="search">
        {t('licenses.catalog.submit')}
      </Button>
      <MoreFilters {...props} />
    </FilterBar>
  )
}

const folded = ['version', 'customer', 'source', 'tag', 'field', 'ends_from', 'ends_to'] as const

function MoreFilters({ t, query, products, tags, fields }: FilterProps) {
  const { registered_from, registered_to } = query
  const open = folded.some((name) => query[name]) || Boolean(registered_from || registered_to)
  const any = t('licenses.catalog.any')
  const ofProduct = products.filter(({ code }) => !query.product || code === query.product)
  return (
    <details class="kp-more-filters" open={open}>
      <summary>{t('catalog.more_filters')}</summary>
      <FieldRow>
        <TextField
          name="version"
          label={t('catalog.version')}
          options={[...new Set(ofProduct.flatMap(({ versions }) => versions))]}
          autocomplete="off"
        />
        <TextField name="customer" label={t('catalog.customer')} autocomplete="off" code />
        <SelectField
          name="source"
          label={t('catalog.source')}
          empty={any}
          options={sources.map((value) => ({ value, text: t(`catalog.source.${value}`) }))}
        />
        {tags.length > 0 && (
          <SelectField
            name="tag"
            label={t('catalog.tag')}
            empty={any}
            options={tags.map((tag) => ({ value: tag, text: tag }))}
          />
        )}
      </FieldRow>
      <FieldRow>
        <TextField name="ends_from" type="date" label={t('catalog.ends_from')} />
        <TextField name="ends_to" type="date" label={t('catalog.ends_to')} />
        <TextField name="registered_from" type="date" label={t('catalog.registered_from')} />
        <TextField name="registered_to" type="date" label={t('catalog.registered_to')} />
      </FieldRow>
      {fields.length > 0 && <FieldFilter t={t} query={query} fields={fields} />}
    </details>
  )
}

/** Values to choose from are proposed for the field that is asked for; yes and no are stored as true and false. */
function FieldFilter({ t, query, fields }: Pick<FilterProps, 't' | 'query' | 'fields'>) {
  const field = fields.find(({ id }) => id === query.field)
  const proposed = field?.type === 'yes_no' ? ['true', 'false'] : field?.choices
  return (
    <FieldRow>
      <SelectField
        name="field"
        label={t('catalog.field')}
        empty={t('licenses.catalog.any')}
        options={fields.map(({ id, name }) => ({ value: id, text: name }))}
      />
      <TextField
        name="value"
        label={t('catalog.value')}
        hint={t('catalog.value.hint')}
        options={proposed?.length ? proposed : undefined}
        autocomplete="off"
      />
    </FieldRow>
  )
}

/** The filters in force, each with the address that is left without it. */
export function filtersOf(props: FilterProps): Filter[] {
  const { query } = props
  const address = (without: Question) =>
    urls.licenses.catalog.to({ ...questionOf(query), ...sortOf(query), ...without })
  return partsOf(props).map(({ name, label, value }) => ({
    label,
    value: shorten(value),
    removeHref: address({ [name]: undefined }),
  }))
}

type Part = { name: keyof Question; label: string; value: string }

/** What a question asks for, in words. */
export function partsOf({ t, format, query, products, fields, owner }: Omit<FilterProps, 'tags'>): Part[] {
  const { status, product, kind, source, field: field_id, value } = query
  const field = fields.find(({ id }) => id === field_id)
  const day = (name: 'ends_from' | 'ends_to' | 'registered_from' | 'registered_to') => ({
    name,
    label: t(`catalog.${name}`),
    value: query[name] && format.shortDay(query[name]),
  })
  const parts: { name: keyof Question; label: string; value: string | undefined }[] = [
    { name: 'q', label: t('licenses.catalog.search'), value: query.q },
    { name: 'status', label: t('licenses.catalog.status'), value: status && t(`licenses.status.${status}`) },
    {
      name: 'product',
      label: t('licenses.catalog.product'),
      value: products.find(({ code }) => code === product)?.name ?? product,
    },
    { name: 'version', label: t('catalog.version'), value: query.version },
    { name: 'kind', label: t('licenses.catalog.kind'), value: kind && t(`licenses.kind.${kind}`) },
    { name: 'customer', label: t('catalog.customer'), value: query.customer },
    { name: 'source', label: t('catalog.source'), value: source && t(`catalog.source.${source}`) },
    { name: 'owner', label: t('catalog.owner'), value: query.owner && owner },
    { name: 'tag', label: t('catalog.tag'), value: query.tag },
    day('ends_from'),
    day('ends_to'),
    day('registered_from'),
    day('registered_to'),
    { name: 'field', label: field?.name ?? '', value: field && value && valueText(t, format, field.type, value) },
  ]
  return parts.filter((part): part is Part => Boolean(part.value))
}

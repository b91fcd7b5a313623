import { Alert } from '../../ui/alert.tsx'
import { LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable, type Empty, FilterChips } from '../../ui/table.tsx'
import { urls } from '../../urls.ts'
import { namedAtMost } from '../find-matches.ts'
import { isNarrowed, questionOf, sortOf } from '../schemas.ts'
import { CatalogSearch, type FilterProps, filtersOf } from './catalog-filters.tsx'
import { columnsOf, type TableProps } from './catalog-table.tsx'
import { CatalogBulkBar, CatalogTools, type ToolsProps } from './catalog-tools.tsx'

type Props = FilterProps &
  TableProps &
  ToolsProps & {
    /** Whether the reader may register and change licenses. */
    mayManage: boolean
  }

/** The License Catalog: search, filters, and what was found. */
export function CatalogBody(props: Props) {
  const { t, query, page, mayManage } = props
  const kept = { ...questionOf(query), count: query.count }
  return (
    <>
      <CatalogSearch {...props} />
      <div id="found">
        <FilterChips t={t} filters={filtersOf(props)} clearHref={urls.licenses.catalog.to({ q: query.q })} />
        {page.capped && <Alert t={t} tone="info" title={t('catalog.capped', { max: namedAtMost })} />}
        <CatalogTools {...props} />
        <Card flush>
          {mayManage && page.rows.length > 0 && <CatalogBulkBar {...props} />}
          <DataTable
            t={t}
            id="licenses"
            countId="licenses-count"
            caption={t('licenses.catalog.caption')}
            columns={columnsOf(props)}
            rows={page.rows}
            wide
            select={
              mayManage
                ? { name: 'license', form: 'bulk', value: ({ id }) => id, label: ({ serial }) => serial }
                : undefined
            }
            sort={{
              by: page.order.by,
              direction: page.order.direction,
              href: (sort, direction) => urls.licenses.catalog.to({ ...kept, sort, direction }),
            }}
            empty={emptyOf(props)}
            moreHref={page.next && urls.licenses.catalog.to({ ...kept, ...sortOf(query), after: page.next })}
          />
        </Card>
      </div>
    </>
  )
}

function emptyOf({ t, query, mayManage }: Props): Empty {
  if (isNarrowed(query)) {
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
    text: mayManage ? t('licenses.catalog.empty.text') : t('licenses.catalog.empty.viewer'),
    action: mayManage && (
      <LinkButton look="primary" icon="key" href={urls.registration.start.to()}>
        {t('licenses.catalog.get_key')}
      </LinkButton>
    ),
  }
}

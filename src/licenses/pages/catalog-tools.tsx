/** What stands above the list: how many there are, their order, saved searches, columns. */
import type { Format, T } from '../../platform/i18n.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Menu } from '../../ui/menus.tsx'
import { BulkBar, MenuItem } from '../../ui/table.tsx'
import { urls } from '../../urls.ts'
import { type CatalogPage, countedAtMost } from '../catalog.ts'
import type { SavedSearch } from '../saved-searches.ts'
import { type CatalogQuery, type CatalogSort, isNarrowed, onlyOfFew, questionOf, sortOf } from '../schemas.ts'
import { nameOf } from './catalog-texts.ts'
import { ExportMenu } from './export-menu.tsx'

export type ToolsProps = {
  t: T
  format: Format
  query: CatalogQuery
  page: CatalogPage
  searches: SavedSearch[]
  /** Whether the reader may take keys. */
  mayTake: boolean
  /** Whether the reader may change licenses. */
  mayManage: boolean
  /** The rows are added to those that stand on the page already. */
  added: boolean
}

/** The address of the present question and order, for what must find the same licenses: its part after `?`. */
export function addressOf(query: CatalogQuery): string {
  const [, address = ''] = urls.licenses.catalog.to({ ...questionOf(query), ...sortOf(query) }).split('?')
  return address
}

export function CatalogTools(props: ToolsProps) {
  const { t, query, page, mayManage } = props
  return (
    <div class="kp-tools">
      {page.rows.length > 0 && <Count {...props} />}
      <div class="kp-tools-end">
        {page.rows.length > 0 && <SortMenu {...props} />}
        {page.rows.length > 0 && <ExportMenu t={t} query={query} with_keys={props.mayTake} />}
        <SearchMenu {...props} />
        {(isNarrowed(query) || query.sort) && (
          <LinkButton small icon="device-floppy" href={urls.licenses.searches.to({ query: addressOf(query) })}>
            {t('catalog.searches.save')}
          </LinkButton>
        )}
        <LinkButton small icon="columns" href={urls.licenses.columns.to()}>
          {t('catalog.columns')}
        </LinkButton>
        {mayManage && (
          <LinkButton small icon="upload" href={urls.bulk.start.to()}>
            {t('catalog.bulk.list')}
          </LinkButton>
        )}
      </div>
    </div>
  )
}

function Count({ t, query, page: { total, before, rows }, added }: ToolsProps) {
  const to = before + rows.length
  const range = { from: added ? 1 : before + 1, to, count: total.count }
  if (total.exact) {
    const whole = total.count <= rows.length
    return (
      <p class="kp-count" id="licenses-count">
        {whole ? t('licenses.catalog.count', total) : t('catalog.range', range)}
      </p>
    )
  }
  return (
    <p class="kp-count" id="licenses-count">
      {t('catalog.range_over', range)}{' '}
      <a href={urls.licenses.catalog.to({ ...questionOf(query), ...sortOf(query), count: 'all' })} rel="nofollow">
        {t('licenses.catalog.count_all')}
      </a>
    </p>
  )
}

/** The orders as links, also for phones, where the table has no head; and why some are not among them. */
function SortMenu({ t, query, page }: ToolsProps) {
  const { order, sortable, fields } = page
  const names = onlyOfFew.filter((by) => !sortable.includes(by)).map((by) => nameOf(t, by, fields))
  return (
    <Menu face={<MenuFace text={t('catalog.sort', { name: nameOf(t, order.by, fields) })} />} class="kp-menu-btn-face">
      {sortable.map((by) => (
        <MenuItem
          text={nameOf(t, by, fields)}
          icon={by === order.by ? (order.direction === 'up' ? 'arrow-up' : 'arrow-down') : undefined}
          href={hrefOf(query, by, order)}
        />
      ))}
      {names.length > 0 && (
        <p class="kp-menu-note">{t('catalog.sort.only_few', { max: countedAtMost, names: names.join(', ') })}</p>
      )}
    </Menu>
  )
}

/** The order in force is turned round; another begins in its usual direction. */
function hrefOf(query: CatalogQuery, sort: CatalogSort, order: CatalogPage['order']): string {
  const turned = order.direction === 'up' ? 'down' : 'up'
  return urls.licenses.catalog.to({
    ...questionOf(query),
    sort,
    direction: sort === order.by ? turned : undefined,
  })
}

function SearchMenu({ t, query, searches }: ToolsProps) {
  const current = searches.find((search) => search.query !== '' && search.query === addressOf(query))
  return (
    <Menu face={<MenuFace text={current?.name ?? t('catalog.searches')} />} class="kp-menu-btn-face">
      <MenuItem text={t('catalog.searches.all')} href={urls.licenses.catalog.to()} />
      {searches.map((search) => (
        <MenuItem
          text={search.name}
          icon={search === current ? 'check' : search.for_all ? 'users' : undefined}
          href={hrefOfSearch(search)}
        />
      ))}
      <MenuItem text={t('catalog.searches.manage')} icon="settings" href={urls.licenses.searches.to()} />
    </Menu>
  )
}

export function hrefOfSearch({ query }: Pick<SavedSearch, 'query'>): string {
  return query ? `${urls.licenses.catalog.to()}?${query}` : urls.licenses.catalog.to()
}

function MenuFace({ text }: { text: string }) {
  return (
    <>
      <bdi class="kp-menu-face">{text}</bdi>
      <Icon name="chevron-down" class="kp-menu-arrow" />
    </>
  )
}

/** Changes for the selected rows, or for all that the question finds: `choose` tells which button was pressed. */
export function CatalogBulkBar({ t, query, page: { total } }: Pick<ToolsProps, 't' | 'query' | 'page'>) {
  return (
    <BulkBar t={t} form="bulk" action={urls.bulk.start.to()}>
      <input type="hidden" name="query" value={addressOf(query)} />
      <Button small name="choose" value="selected">
        {t('catalog.bulk.selected')}
      </Button>
      <Button small name="choose" value="all">
        {total.exact ? t('catalog.bulk.all', total) : t('catalog.bulk.all_found')}
      </Button>
    </BulkBar>
  )
}

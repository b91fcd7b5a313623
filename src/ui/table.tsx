/** Tables: a sticky head and sort links where there is room, label and value rows on a phone. */
import { type Child, Fragment } from 'hono/jsx'
import type { T } from '../platform/i18n.ts'
import { FieldScope, type FormState } from './form.tsx'
import { Icon, type IconName } from './icon.tsx'
import { Menu } from './menus.tsx'

export type Column<Row> = {
  key: string
  head: string
  cell: (row: Row) => Child
  /** Numbers stand at the end of their column. */
  align?: 'end'
  nowrap?: boolean
  /** Names the row: its cell is the row's heading, and stands first on a phone. One column has it. */
  main?: boolean
  sortable?: boolean
  /** Says its name to screen readers only: icons, menus. */
  quietHead?: boolean
}
export type Sort = { by: string; direction: 'up' | 'down'; href: (by: string, direction: 'up' | 'down') => string }
export type Empty = { title: string; text?: Child; icon?: IconName; action?: Child }

type TableProps<Row> = {
  t: T
  /** What the table lists, for screen readers. */
  caption: string
  columns: Column<Row>[]
  rows: readonly Row[]
  sort?: Sort
  /** Says why there is nothing, and what to do next. */
  empty: Empty
  /** Checkboxes named `name` that belong to the form with id `form`; see `BulkBar`. */
  select?: {
    name: string
    form: string
    value: (row: Row) => string
    label: (row: Row) => string
    chosen?: ReadonlySet<string>
  }
  menu?: { label: (row: Row) => string; items: (row: Row) => Child }
  /** The page after this one, by keyset. */
  moreHref?: string
  /** Id of an element outside that tells how many rows there are: loading more replaces it. */
  countId?: string
  /** More columns than fit: the table scrolls by itself, and its head stays in view. */
  wide?: boolean
  id?: string
}

/** A list of rows; says what to do when there are none. */
export function DataTable<Row>(props: TableProps<Row>) {
  const { t, rows, moreHref } = props
  const id = props.id ?? 'rows'
  if (rows.length === 0) return <EmptyState {...props.empty} />
  return (
    <Fragment>
      <div
        class={props.wide ? 'kp-table-wrap kp-table-wide' : 'kp-table-wrap'}
        {...(props.wide && { tabindex: 0, role: 'region', 'aria-label': props.caption })}
      >
        <table class="kp-table">
          <caption class="visually-hidden">{props.caption}</caption>
          <Head {...props} />
          <tbody id={id}>{rows.map((row) => rowOf(props, row))}</tbody>
        </table>
      </div>
      <p class="kp-more" id={`${id}-more`} hidden={!moreHref}>
        {moreHref && <LoadMore t={t} id={id} href={moreHref} countId={props.countId} />}
      </p>
    </Fragment>
  )
}

/** Adds the next rows in place, or opens them as a page. The paragraph around it is replaced by the next one. */
function LoadMore({ t, id, href, countId }: { t: T; id: string; href: string; countId?: string }) {
  return (
    <a
      class="btn"
      href={href}
      hx-get={href}
      hx-target={`#${id}`}
      hx-select={`#${id} > tr`}
      hx-swap="beforeend"
      hx-select-oob={countId ? `#${id}-more,#${countId}` : `#${id}-more`}
    >
      {t('ui.load_more')}
    </a>
  )
}

function Head<Row>({ t, columns, sort, select, menu }: TableProps<Row>) {
  return (
    <thead>
      <tr>
        {select && (
          <th scope="col" class="kp-cell-select">
            <label class="kp-check">
              <input
                type="checkbox"
                class="form-check-input"
                data-select-all={select.form}
                aria-label={t('ui.select_all')}
                hidden
              />
            </label>
            <span class="visually-hidden">{t('ui.select')}</span>
          </th>
        )}
        {columns.map((column) => (
          <HeadCell t={t} column={column} sort={sort} />
        ))}
        {menu && (
          <th scope="col">
            <span class="visually-hidden">{t('ui.actions')}</span>
          </th>
        )}
      </tr>
    </thead>
  )
}

function HeadCell<Row>({ t, column, sort }: { t: T; column: Column<Row>; sort?: Sort }) {
  const { key, head } = column
  const className = column.align === 'end' ? 'kp-cell-end' : undefined
  if (!sort || !column.sortable) {
    return (
      <th scope="col" class={className}>
        {column.quietHead ? <span class="visually-hidden">{head}</span> : head}
      </th>
    )
  }
  const direction = sort.by === key ? sort.direction : undefined
  const next = direction === 'up' ? 'down' : 'up'
  return (
    <th scope="col" class={className} aria-sort={direction && (direction === 'up' ? 'ascending' : 'descending')}>
      <a class="kp-sort" href={sort.href(key, next)} title={t('ui.sort_by', { column: head })}>
        {head}
        <SortIcon t={t} direction={direction} />
      </a>
    </th>
  )
}

function SortIcon({ t, direction }: { t: T; direction?: 'up' | 'down' }) {
  if (!direction) return <Icon name="arrows-sort" class="kp-sort-idle" />
  if (direction === 'up') return <Icon name="arrow-up" label={t('ui.sorted_up')} />
  return <Icon name="arrow-down" label={t('ui.sorted_down')} />
}

/** Rows and cells are plain calls, not components: a page has hundreds, and each component costs. */
function rowOf<Row>({ t, columns, select, menu }: TableProps<Row>, row: Row) {
  return (
    <tr>
      {select && selectCell(t, select, row)}
      {columns.map((column) => cellOf(column, row))}
      {menu && (
        <td class="kp-cell-menu">
          <Menu
            label={t('ui.row_actions', { name: menu.label(row) })}
            face={<Icon name="dots-vertical" />}
            class="kp-row-menu"
          >
            {menu.items(row)}
          </Menu>
        </td>
      )}
    </tr>
  )
}

function selectCell<Row>(t: T, select: NonNullable<TableProps<Row>['select']>, row: Row) {
  const value = select.value(row)
  return (
    <td class="kp-cell-select">
      <label class="kp-check">
        <input
          type="checkbox"
          class="form-check-input"
          name={select.name}
          value={value}
          form={select.form}
          checked={select.chosen?.has(value)}
          aria-label={t('ui.select_row', { name: select.label(row) })}
        />
      </label>
    </td>
  )
}

function cellOf<Row>(column: Column<Row>, row: Row) {
  if (column.main) {
    return (
      <th scope="row" class={cellClass(column)} data-label={column.head}>
        {column.cell(row)}
      </th>
    )
  }
  return (
    <td class={cellClass(column)} data-label={column.quietHead ? undefined : column.head}>
      {column.cell(row)}
    </td>
  )
}

function cellClass<Row>({ align, nowrap, main }: Column<Row>): string | undefined {
  if (!align && !nowrap && !main) return undefined
  return `${main ? 'kp-cell-main ' : ''}${align ? 'kp-cell-end ' : ''}${nowrap ? 'text-nowrap' : ''}`.trim()
}

/** Nothing to show: why, and what to do next. */
export function EmptyState({ title, text, icon, action }: Empty) {
  return (
    <div class="kp-empty">
      <span class="kp-empty-icon">
        <Icon name={icon ?? 'inbox'} />
      </span>
      <p class="kp-empty-title">{title}</p>
      {text && <p class="kp-empty-text">{text}</p>}
      {action && <div class="kp-empty-action">{action}</div>}
    </div>
  )
}

/** One line of a row menu: a link, or a button of a form when `action` is given. */
export function MenuItem(props: { text: string; icon?: IconName; href?: string; action?: string; danger?: boolean }) {
  const { text, icon, href, action, danger } = props
  const className = danger ? 'kp-menu-item kp-menu-danger' : 'kp-menu-item'
  const face = (
    <Fragment>
      {icon && <Icon name={icon} />}
      <span>{text}</span>
    </Fragment>
  )
  if (!action) {
    return (
      <a class={className} href={href}>
        {face}
      </a>
    )
  }
  return (
    <form method="post" action={action}>
      <button type="submit" class={className}>
        {face}
      </button>
    </form>
  )
}

/** What can be done with the selected rows. Its form has the id that the checkboxes name. */
export function BulkBar(props: { t: T; form: string; action: string; children: Child }) {
  const { t, form } = props
  return (
    <form class="kp-bulk" id={form} method="post" action={props.action} data-bulk>
      <output class="kp-bulk-count" data-texts={countTexts(t)} />
      <div class="kp-bulk-actions">{props.children}</div>
    </form>
  )
}

/** The script counts on; the texts for each number it may need come from the catalog. */
function countTexts(t: T): string {
  const other = t('ui.selected_count', { count: 7 })
  return JSON.stringify({
    0: t('ui.selected_count', { count: 0 }),
    1: t('ui.selected_count', { count: 1 }),
    other: other.replace('7', '{count}'),
  })
}

export type Filter = { label: string; value: string; removeHref: string }

/** The filters in force, each removable. */
export function FilterChips({ t, filters, clearHref }: { t: T; filters: Filter[]; clearHref: string }) {
  if (filters.length === 0) return null
  return (
    <ul class="kp-chips" aria-label={t('ui.filters')}>
      {filters.map(({ label, value, removeHref }) => (
        <li>
          <a
            class="kp-chip"
            href={removeHref}
            aria-label={t('ui.remove_filter', { name: `${t('ui.label', { label })} ${value}` })}
          >
            <span>
              {t('ui.label', { label })} <bdi>{value}</bdi>
            </span>
            <Icon name="x" />
          </a>
        </li>
      ))}
      {filters.length > 1 && (
        <li>
          <a class="kp-chip-clear" href={clearHref}>
            {t('ui.clear_filters')}
          </a>
        </li>
      )}
    </ul>
  )
}

type FilterBarProps = {
  t: T
  form: FormState
  action: string
  label: string
  /** Id of the element that holds what was found: it follows the typing, where the page is `live`. */
  results?: string
  children: Child
}

/** Search and filters above a table: a GET form, so that the address holds the question. */
export function FilterBar({ t, form, action, label, results, children }: FilterBarProps) {
  const live = results && {
    'hx-get': action,
    'hx-trigger': 'input delay:150ms, submit',
    'hx-target': `#${results}`,
    'hx-select': `#${results}`,
    'hx-swap': 'outerHTML',
    'hx-replace-url': 'true',
    'hx-sync': 'this:replace',
  }
  return (
    <search>
      <form class="kp-filters" method="get" action={action} aria-label={label} {...live}>
        <FieldScope t={t} form={form}>
          {children}
        </FieldScope>
      </form>
    </search>
  )
}

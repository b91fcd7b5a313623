import { z } from 'zod'
import { catalogStatuses, kinds } from './rules.ts'

export const catalogSorts = ['newest', 'serial', 'end', 'product', 'customer'] as const
export type CatalogSort = (typeof catalogSorts)[number]
export type Direction = 'up' | 'down'

/** Keys of the longest scheme fit; anything longer names nothing. */
const longestQuestion = 8000

const text = z
  .string()
  .transform((value) => value.replaceAll('\0', '').trim())
  .catch('')

/**
 * What the address of a catalog page asks for. An address is shared, bookmarked and mistyped: what is not
 * understood is left out instead of refused.
 */
export const catalogQuerySchema = z.object({
  q: text.transform((value) => value.slice(0, longestQuestion + 1)),
  status: z.enum(catalogStatuses).optional().catch(undefined),
  kind: z.enum(kinds).optional().catch(undefined),
  /** A product code. */
  product: text.transform((value) => value || undefined).optional(),
  sort: z.enum(catalogSorts).optional().catch(undefined),
  direction: z.enum(['up', 'down']).optional().catch(undefined),
  /** Where the page before this one ended. */
  after: z.string().max(2000).optional().catch(undefined),
  /** Asks for the number of licenses also where counting them takes time. */
  count: z.literal('all').optional().catch(undefined),
})

export type CatalogQuery = z.output<typeof catalogQuerySchema>

export type Order = { by: CatalogSort; direction: Direction }

/** The order of a page: the one asked for where an index serves it, else the one that suits the filter. */
export function orderOf(query: CatalogQuery, sortable: readonly CatalogSort[]): Order {
  if (query.sort && sortable.includes(query.sort)) {
    return { by: query.sort, direction: query.direction ?? usualDirection(query.sort, query) }
  }
  const by = isAboutEnd(query) ? 'end' : 'newest'
  return { by, direction: usualDirection(by, query) }
}

/**
 * The orders that a result can be shown in at once. A few licenses are sorted in any; of many with a status that
 * follows from the end date, an index gives only the order of that date (and of serial numbers, which no date follows).
 */
export function sortableBy(query: CatalogQuery, many: boolean): readonly CatalogSort[] {
  return many && isAboutEnd(query) ? ['end', 'serial'] : catalogSorts
}

/** What is about to end, or has ended, is looked at by its end. */
function isAboutEnd({ status }: CatalogQuery): boolean {
  return status === 'start_planning' || status === 'expiring' || status === 'grace' || status === 'expired'
}

function usualDirection(by: CatalogSort, { status }: CatalogQuery): Direction {
  if (by === 'newest') return 'down'
  return by === 'end' && (status === 'grace' || status === 'expired') ? 'down' : 'up'
}

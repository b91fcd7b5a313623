import { z } from 'zod'
import { isDay, kinds, statuses } from './rules.ts'
import { sources } from './visible-licenses.ts'

/**
 * What a catalog can be ordered by. `newest` is the day of registration (or of the purchase, while unregistered),
 * `version` the day on which the version was released; how statuses are ordered says `statusOrder`.
 */
export const catalogSorts = [
  'newest',
  'serial',
  'end',
  'product',
  'version',
  'kind',
  'quantity',
  'customer',
  'order',
  'purchase_order',
  'certificate',
  'maintenance',
  'registered_to',
  'status',
] as const
/** A property of licenses, or `field:` and the id of a user-defined field. */
export type CatalogSort = (typeof catalogSorts)[number] | `field:${string}`
export type Direction = 'up' | 'down'

/** Keys of the longest scheme fit; anything longer names nothing. */
export const longestQuestion = 8000

const text = z
  .string()
  .transform((value) => value.replaceAll('\0', '').trim())
  .catch('')
/** A cut may leave half a character, which the database does not keep. */
const cut = (value: string, longest: number) => value.slice(0, longest).toWellFormed()
const name = text.transform((value) => cut(value, 200) || undefined).optional()
const day = z.string().refine(isDay).optional().catch(undefined)
const sort = z
  .union([z.enum(catalogSorts), z.string().regex(/^field:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)])
  .transform((value) => value as CatalogSort)

/**
 * What the address of a catalog page asks for. An address is shared, bookmarked and mistyped: what is not
 * understood is left out instead of refused.
 */
export const catalogQuerySchema = z
  .object({
    q: text.transform((value) => cut(value, longestQuestion + 1)),
    status: z.enum(statuses).optional().catch(undefined),
    kind: z.enum(kinds).optional().catch(undefined),
    /** A product code. */
    product: name,
    version: name,
    /** A customer number. */
    customer: name,
    source: z.enum(sources).optional().catch(undefined),
    /** The organization that owns them, by its id: whose shared licenses are asked for. */
    owner: z.guid().optional().catch(undefined),
    tag: name,
    /** A user-defined field, by its id, and the value that it must have, or begin with. */
    field: z.guid().optional().catch(undefined),
    value: name,
    ends_from: day,
    ends_to: day,
    registered_from: day,
    registered_to: day,
    sort: sort.optional().catch(undefined),
    direction: z.enum(['up', 'down']).optional().catch(undefined),
    /** Where the page before this one ended. */
    after: z.string().max(2000).optional().catch(undefined),
    /** Asks for the number of licenses also where counting them takes time. */
    count: z.literal('all').optional().catch(undefined),
  })
  // One says nothing without the other.
  .transform((query) => (query.field && query.value ? query : { ...query, field: undefined, value: undefined }))

export type CatalogQuery = z.output<typeof catalogQuerySchema>

export const questions = [
  'q',
  'status',
  'product',
  'version',
  'kind',
  'customer',
  'source',
  'owner',
  'tag',
  'field',
  'value',
  'ends_from',
  'ends_to',
  'registered_from',
  'registered_to',
] as const
export type Question = Partial<Record<(typeof questions)[number], string>>

/** The question of a query without its order and place: what a link to another view of the same licenses keeps. */
export function questionOf(query: CatalogQuery): Question {
  return Object.fromEntries(questions.map((name) => [name, query[name]]))
}

/** The order that was asked for, for links that keep it. */
export function sortOf({ sort, direction }: CatalogQuery) {
  return { sort, direction }
}

/** Whether anything narrows the catalog. */
export function isNarrowed(query: CatalogQuery): boolean {
  return Object.values(questionOf(query)).some(Boolean)
}

export type Order = { by: CatalogSort; direction: Direction }

/** The order of a page: the one asked for where an index serves it, else the one that suits the filter. */
export function orderOf(query: CatalogQuery, sortable: readonly CatalogSort[]): Order {
  if (query.sort && sortable.includes(query.sort)) {
    return { by: query.sort, direction: query.direction ?? usualDirection(query.sort, query) }
  }
  const by = isAboutEnd(query) ? 'end' : 'newest'
  return { by, direction: usualDirection(by, query) }
}

/** Among many licenses no index gives the order of what stands in their orders, or of what is computed each day. */
export const onlyOfFew: readonly CatalogSort[] = [
  'order',
  'purchase_order',
  'certificate',
  'maintenance',
  'registered_to',
  'status',
]

/** Orders that an index gives for each customer number of others. */
export const ordersOfFanned = ['newest', 'end', 'serial'] as const

/**
 * The orders that a result can be shown in at once, `fields` being the user-defined fields; `fanned` when many licenses
 * of others are among it, see `Asked`. A few licenses are sorted in any; of many with an end or a registration in a time, an index gives only the order of that date (and of serial
 * numbers, which no date follows).
 */
export function sortableBy(
  query: CatalogQuery,
  many: boolean,
  fields: readonly string[],
  fanned: boolean,
): readonly CatalogSort[] {
  const all: CatalogSort[] = [...catalogSorts, ...fields.map((id) => `field:${id}` as const)]
  if (!many) return all
  if (isAboutEnd(query)) return ['end', 'serial']
  if (query.registered_from || query.registered_to) return ['newest', 'serial']
  if (fanned) return ordersOfFanned
  return all.filter((by) => !onlyOfFew.includes(by))
}

/** What is about to end, or has ended, is looked at by its end. */
function isAboutEnd({ status, ends_from, ends_to }: CatalogQuery): boolean {
  if (ends_from || ends_to) return true
  return status === 'start_planning' || status === 'expiring' || status === 'grace' || status === 'expired'
}

function usualDirection(by: CatalogSort, { status }: CatalogQuery): Direction {
  if (by === 'newest') return 'down'
  return by === 'end' && (status === 'grace' || status === 'expired') ? 'down' : 'up'
}

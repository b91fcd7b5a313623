/** What stands behind each order of the catalog. */
import { sql } from 'kysely'
import type { Member } from '../platform/actor.ts'
import { type Asked, type Condition, endOf, newestOf, statusOf } from './catalog-conditions.ts'
import { statusOrder } from './rules.ts'
import type { catalogSorts, Order } from './schemas.ts'

/** A license and the value that the page is sorted by: where a page begins or ends. */
export type Place = { id: string; value: string }
export type AskedPlaces = {
  order: Order
  after: Place | undefined
  asked: Asked
  many: boolean
  size: number
  /** Only what is granted by this customer number, or one by one. */
  only?: Pair | 'listed'
}
/** A customer number of another organization whose licenses the reader may see, as the sources name it. */
export type Pair = { owner_id: string; customer_id: string; delegated: boolean }

export type Plain = (typeof catalogSorts)[number]
/** What stands behind an order. `from` reads it where a plain `arm l` does not. */
export type Sort = {
  value: Condition
  /** The license's id as the index behind the order has it. */
  id?: Condition
  /** How the value of a cursor is read back. */
  type: Condition
  joins?: Condition
  collate?: boolean
  group?: Group
}
export type Group = { column: Condition; from: Condition }

const productValue = sql`(lower(p.name) || ' ' || v.released_on || ' ' || v.id) collate "C"`
const versionValue = sql`(v.released_on || ' ' || v.version || ' ' || v.id) collate "C"`
const customerValue = sql`(lower(c.name) || ' ' || c.number) collate "C"`
const versionJoin = sql`join product_versions v on v.id = l.product_version_id join products p on p.id = v.product_id`
export const ofVersion: Group = {
  column: sql.ref('product_version_id'),
  from: sql`join product_versions v on v.id = present.id join products p on p.id = v.product_id`,
}
const orderJoin = sql`left join order_lines n on n.id = l.order_line_id left join orders o on o.id = n.order_id`
export const text = { type: sql`text`, collate: true }

export const sorts: Record<Exclude<Plain, 'status'>, Sort> = {
  newest: { value: newestOf, type: sql`timestamptz` },
  serial: { ...text, value: sql`l.serial` },
  end: { value: endOf, type: sql`date` },
  product: { ...text, value: productValue, joins: versionJoin, group: ofVersion },
  version: { ...text, value: versionValue, joins: versionJoin, group: ofVersion },
  kind: { ...text, value: sql`l.kind collate "C"`, group: { column: sql.ref('kind'), from: sql`` } },
  quantity: { value: sql`l.quantity`, type: sql`integer` },
  customer: {
    ...text,
    value: customerValue,
    joins: sql`join customers c on c.id = l.customer_id`,
    group: { column: sql.ref('customer_id'), from: sql`join customers c on c.id = present.id` },
  },
  order: { ...text, value: sql`coalesce(o.number, '') collate "C"`, joins: orderJoin },
  purchase_order: { ...text, value: sql`coalesce(o.purchase_order, '') collate "C"`, joins: orderJoin },
  certificate: { ...text, value: sql`coalesce(n.certificate_number, '') collate "C"`, joins: orderJoin },
  maintenance: { value: sql`coalesce(l.maintenance_until, 'infinity'::date)`, type: sql`date` },
  registered_to: { ...text, value: sql`lower(coalesce(l.registered_to, '')) collate "C"` },
}

export function sortFor(by: Plain, { today }: Member): Sort {
  if (by !== 'status') return sorts[by]
  return { value: sql`array_position(${statusOrder}::text[], ${statusOf(today)})`, type: sql`integer` }
}

export const ways = { up: [sql`>`, sql`asc`], down: [sql`<`, sql`desc`] } as const

/**
 * Orders: what customers bought, as the vendor's ERP tells it. Each order line becomes one license.
 *
 * Invariants: an order line is known by order number and line, and imported once however often its file comes;
 * a registered license is never changed by an import; a row that is refused stops nothing else.
 * Owns: orders, order_lines.
 */
export { columnNames } from './columns.ts'
export { HeadRefused, type ImportReport, importOrders } from './import-orders.ts'
export { ordersCommand } from './orders-command.ts'
export { isOwnSerialNumber, makeSerialNumber } from './serial-number.ts'

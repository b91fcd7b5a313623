/**
 * Data to try the portal with: an invented vendor's catalog, logins, and believable orders of any number.
 * Never part of a production portal; the generator serves tests and benchmarks, too.
 *
 * Invariant: the same seed makes the same orders, byte for byte.
 * Owns: no table; everything is made by the commands of the other modules.
 */
export { demoCatalog, demoPoolKeys } from './catalog.ts'
export { demoCommand } from './demo-command.ts'
export { type DemoOrderOptions, demoOrders } from './generate-orders.ts'
export { type DemoFile, seedDemo } from './seed-demo.ts'

/**
 * What the vendor sells: products, their versions, and the keys imported for products of scheme `pool`.
 *
 * Invariant: a key of the pool is handed out once (claimed by the keys module in the registering transaction).
 * Owns: products, product_versions.
 */
export { importPoolKeys } from './import-pool-keys.ts'
export { type NewProduct, saveProducts } from './save-products.ts'

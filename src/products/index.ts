/**
 * What the vendor sells: products and their versions.
 *
 * Owns: products, product_versions.
 */
export { ensureVersion, type NewProduct, saveProducts } from './save-products.ts'

/**
 * What the vendor sells: products and their versions.
 *
 * Owns: products, product_versions.
 */
export { type NewProduct, saveProducts } from './save-products.ts'

/**
 * The license file doctor: says in plain words what a license file or signed key holds and what is wrong with it.
 *
 * The check runs in the reader's browser with the same library as in the products. The server gives the page, the
 * script, the public keys and the revocation list, and never sees what is checked: the page's fields have no names, and
 * its content policy lets it fetch nothing but those two lists.
 * Owns: no table.
 */
export { doctorPolicy } from './policy.ts'
export { doctorWeb } from './web.tsx'

/**
 * Help: one page for every step of the wizard and of the account, readable without signing in.
 *
 * Invariant: every page exists in every language, with the same sections and the same links.
 * Owns no table; the texts are `topics/<locale>/<topic>.md`.
 */
export { helpWeb } from './web.tsx'

/**
 * Home: what needs attention, what can be done, and how it works; mostly from what other modules export.
 *
 * Owns: license_statistics.
 */
export { countAgain } from './statistics.ts'
export { homeWeb } from './web.tsx'

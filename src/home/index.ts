/**
 * Home: what needs attention, what can be done, and how it works. Reads what other modules export; owns no table.
 */
export { homeWeb } from './web.tsx'

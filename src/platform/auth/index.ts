/**
 * What proves who somebody is: password hashes, keys derived from SECRET, sealed values, the session cookie.
 *
 * Invariants: passwords are kept as Argon2id hashes only; each purpose has its own key; a session token is worth
 * nothing without the signature of its cookie.
 */
export { hashPassword, verifyPassword } from './password.ts'
export { keyFor, seal, unseal } from './secret.ts'
export { sessionCookies, signedCookie, tokenOf } from './session-cookie.ts'

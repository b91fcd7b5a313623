/** The constants of the format, shared by whoever issues licenses and whoever verifies them. */

/** Version of the claims, in the claim `slf`. Members may be added within a version; restricting ones may not. */
export const SLF_VERSION = 1

/** `typ` of the protected header: keeps a signed list from passing for a license, and the other way round. */
export const LICENSE_TYP = 'slf+jws'
export const REVOCATIONS_TYP = 'slf-revocations+jws'
export const JWKS_TYP = 'slf-jwks+jws'

export const LICENSE_MEDIA_TYPE = 'application/vnd.keyport.slf+json'
export const LICENSE_FILE_EXTENSION = '.slf'

/** Start of a signed short key. A JWS signing input starts with `ey`, so a signature of one never fits the other. */
export const SIGNED_KEY_PREFIX = 'K1.'

/** `alg` values that a verifier accepts: both mean Ed25519 (RFC 8037, RFC 9864). */
export const ACCEPTED_ALGORITHMS: ReadonlySet<string> = new Set(['EdDSA', 'Ed25519'])

/** Upper bounds in UTF-16 code units; a longer text is refused unread. */
export const MAX_LICENSE_LENGTH = 64 * 1024
export const MAX_LIST_LENGTH = 64 * 1024 * 1024
export const MAX_SIGNATURES = 8

/** NumericDate range of every date: the years 2000 to 9999. */
export const MIN_TIME = 946_684_800
export const MAX_TIME = 253_402_300_799

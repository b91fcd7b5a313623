/**
 * Verifies Keyport licenses offline: license files (`.slf`) and signed keys (`K1.…`), with Web Crypto and nothing else.
 *
 * Nothing is believed before its signature is checked, and nothing outside the signature is ever used.
 * A bad license is a result, never an exception; a wrong call is an exception, never a result.
 */
export type { Host, License } from './claims.ts'
export { CODE_ALPHABET, CODE_LENGTH, CODE_RANDOM_LENGTH, type CodeCheck, checkCode, completeCode } from './code.ts'
export {
  JWKS_TYP,
  LICENSE_FILE_EXTENSION,
  LICENSE_MEDIA_TYPE,
  LICENSE_TYP,
  MAX_LICENSE_LENGTH,
  MAX_TIME,
  MIN_TIME,
  REVOCATIONS_TYP,
  SIGNED_KEY_PREFIX,
  SLF_VERSION,
} from './format.ts'
export { checkHostId, HOST_TYPES, type HostIdCheck, type HostType, isHostType, isSameHost } from './host.ts'
export type { Jwk, Jwks, RootSignedJwks, Trust } from './keys.ts'
export type { Grace, Proof, Refusal, RefusalCode, Revocation, Subject, Valid, Verification } from './result.ts'
export type { Revocations } from './revocations.ts'
export { claimsProblem, readRevocations, readSignedJwks, type VerifyOptions, verifyLicense } from './verify.ts'

/**
 * License keys: how they are made, signed, stored and revoked, and the keys that sign them.
 *
 * Invariants: the active keys of a license never cover more than its quantity; a file is kept byte for byte as issued;
 * at most one signing key is active, private keys are stored encrypted and never leave this module; a key that a
 * verifier would refuse is never issued.
 * Owns: license_keys, pool_keys, signing_keys, signed_jwks.
 */
export { claimPoolKeys, usePoolKeys } from './claim-pool-keys.ts'
export { importPoolKeys } from './import-pool-keys.ts'
export { jwksOf } from './jwks.ts'
export { type LicenseClaims, type LicenseFacts, licenseClaims, licenseFileName } from './license-claims.ts'
export {
  givenLicenseKey,
  type KeyedLicense,
  type KeyVersion,
  type Making,
  makeLicenseKey,
} from './make-license-key.ts'
export { makeLicenseFile, makeSignedKey } from './make-signed-keys.ts'
export { publishedReason, revocationReasons } from './revocations.ts'
export { type KeyScheme, keySchemes } from './schemes.ts'
export { openPrivateKey, sealPrivateKey } from './seal-private-key.ts'
export type { Signer } from './signer.ts'
export {
  activeSigner,
  createSigningKey,
  ensureSigningKeys,
  listSigningKeys,
  retireSigningKey,
  rotateSigningKeys,
} from './signing-keys.ts'
export {
  licenseKeyInserts,
  type NewLicenseKey,
  reduceLicenseKeys,
  revokeLicenseKeys,
  supersedeLicenseKeys,
} from './store-license-keys.ts'
export { licenseFilesZip, licenseKeysCsv, type TakenKey } from './take-keys.ts'
export { keysWeb } from './web.ts'

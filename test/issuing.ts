/** What registrations are completed with in tests: a signer whose key lies in the database, and who checks its work. */
import { randomBytes } from 'node:crypto'
import { type Jwks, type Verification, verifyLicense } from '@keyport/license'
import { activeSigner, listSigningKeys } from '../src/keys/index.ts'
import { readConfig } from '../src/platform/config.ts'
import type { Db } from '../src/platform/db/index.ts'
import type { Issuing } from '../src/registration/index.ts'

const key_encryption_key = randomBytes(32).toString('base64')

export async function anIssuing(db: Db): Promise<Issuing> {
  const read = readConfig({ BASE_URL: 'https://licensing.example', VENDOR_ISSUER: 'https://vendor.example' })
  if (!read.ok) throw new Error(read.problems.join('\n'))
  return { config: read.config, signer: await activeSigner(db, { key_encryption_key }) }
}

/** Verifies a license file or signed key offline, as a product would. */
export async function verify(db: Db, licensed: string, host?: { type: string; id: string }): Promise<Verification> {
  const keys = (await listSigningKeys(db)).map(({ public_jwk }) => public_jwk)
  return verifyLicense(licensed, { keys: { keys } as unknown as Jwks, product: null, ...(host ? { host } : {}) })
}

import { createCipheriv, createDecipheriv, createPrivateKey, type KeyObject, randomBytes } from 'node:crypto'
import { AppError } from '../platform/errors.ts'

const VERSION = 1
const IV_LENGTH = 12
const TAG_LENGTH = 16

/**
 * Encrypts a private key for storage: AES-256-GCM under the key-encryption key, bound to its `kid`, so that rows
 * cannot be exchanged. Layout: version, 12 bytes nonce, 16 bytes tag, ciphertext of the PKCS #8 form.
 */
export function sealPrivateKey(key_encryption_key: string, kid: string, private_key: KeyObject): Buffer {
  const iv = randomBytes(IV_LENGTH)
  const cipher = createCipheriv('aes-256-gcm', keyBytes(key_encryption_key), iv, { authTagLength: TAG_LENGTH })
  cipher.setAAD(Buffer.from(kid))
  const der = private_key.export({ format: 'der', type: 'pkcs8' })
  const sealed = Buffer.concat([cipher.update(der), cipher.final()])
  return Buffer.concat([Buffer.of(VERSION), iv, cipher.getAuthTag(), sealed])
}

/** @throws AppError `internal` when it was sealed under another key-encryption key, for another `kid`, or is damaged. */
export function openPrivateKey(key_encryption_key: string, kid: string, sealed: Uint8Array): KeyObject {
  const bytes = Buffer.from(sealed)
  const iv = bytes.subarray(1, 1 + IV_LENGTH)
  const tag = bytes.subarray(1 + IV_LENGTH, 1 + IV_LENGTH + TAG_LENGTH)
  try {
    if (bytes[0] !== VERSION) throw new Error(`version ${bytes[0]}`)
    const cipher = createDecipheriv('aes-256-gcm', keyBytes(key_encryption_key), iv, { authTagLength: TAG_LENGTH })
    cipher.setAAD(Buffer.from(kid)).setAuthTag(tag)
    const der = Buffer.concat([cipher.update(bytes.subarray(1 + IV_LENGTH + TAG_LENGTH)), cipher.final()])
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  } catch (cause) {
    throw new AppError('internal', `the key-encryption key does not open signing key ${kid}`, { cause })
  }
}

function keyBytes(key_encryption_key: string): Buffer {
  const bytes = Buffer.from(key_encryption_key, 'base64')
  if (bytes.length !== 32) throw new TypeError('a key-encryption key is 32 bytes in base64')
  return bytes
}

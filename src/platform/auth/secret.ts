import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { Config } from '../config.ts'

/**
 * A key of 32 bytes for one purpose, derived from SECRET (HKDF-SHA-256): what leaks of one purpose says nothing
 * about another.
 * @throws Error when the configuration has no secret; whoever opens the services makes one.
 */
export function keyFor(config: Pick<Config, 'secret'>, purpose: string): Buffer {
  if (!config.secret) throw new Error('the configuration has no secret')
  return Buffer.from(hkdfSync('sha256', config.secret, '', `keyport ${purpose}`, 32))
}

/** Encrypts a value that a browser carries for us (AES-256-GCM), readable until `expires`. */
export function seal(key: Buffer, value: unknown, expires: Date): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  const text = JSON.stringify({ value, expires: expires.getTime() })
  const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return sealed.toString('base64url')
}

/** What was sealed with the key; undefined when changed on the way, sealed for something else, or expired. */
export function unseal(key: Buffer, sealed: string, now: Date): unknown {
  const bytes = Buffer.from(sealed, 'base64url')
  if (bytes.length < 12 + 16) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 })
  decipher.setAuthTag(bytes.subarray(-16))
  let text: string
  try {
    text = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
  const { value, expires } = JSON.parse(text) as { value: unknown; expires: number }
  return expires > now.getTime() ? value : undefined
}

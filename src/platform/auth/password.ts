import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

/** Argon2id with 19 MiB and two passes: the OWASP password storage cheat sheet's first choice. */
const cost = { memory: 19 * 1024, passes: 2, parallelism: 1 }
/** What may be asked of this machine by a stored hash: a damaged row must not order a gigabyte. */
const most = { memory: 256 * 1024, passes: 16, parallelism: 16 }
const phc = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,172})$/
const derive = promisify<'argon2id', Argon2Parameters, Buffer>(argon2)

/** Hashes a password with Argon2id, as a PHC string; about 60 ms of CPU on another thread. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16)
  const tag = await derive('argon2id', { ...cost, message: messageOf(password), nonce, tagLength: 32 })
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${unpadded(nonce)}$${unpadded(tag)}`
}

/** Whether the password made this hash; false for a string that is no Argon2id hash of ours. */
export async function verifyPassword(hash: string, password: string): Promise<boolean> {
  const parts = phc.exec(hash)
  if (!parts) return false
  const [memory, passes, parallelism] = parts.slice(1, 4).map(Number) as [number, number, number]
  if (memory > most.memory || passes > most.passes || parallelism > most.parallelism) return false
  const expected = Buffer.from(parts[5]!, 'base64')
  const nonce = Buffer.from(parts[4]!, 'base64')
  const message = messageOf(password)
  const tag = await derive('argon2id', { memory, passes, parallelism, message, nonce, tagLength: expected.length })
  return timingSafeEqual(tag, expected)
}

/** One form for the same characters, however the keyboard composed them. */
function messageOf(password: string): Buffer {
  return Buffer.from(password.normalize('NFC'), 'utf8')
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}

import { createHash, createHmac } from 'node:crypto'
import { CODE_ALPHABET } from '@keyport/license'
import { keyFor } from '../platform/auth/index.ts'
import type { Config } from '../platform/config.ts'

const length = 20
/** Bytes from here on would make the first characters of the alphabet likelier than the others. */
const fair = 256 - (256 % CODE_ALPHABET.length)

/**
 * The Upgrade Notification ID: `XXXX-XXXX-XXXX-XXXX-XXXX`, 98 bits that nobody can tell without the portal's secret.
 * It follows from the notification's id, so that it can be sent again without being stored.
 */
export function notificationIdOf(config: Pick<Config, 'secret'>, notification_id: string): string {
  const key = keyFor(config, 'upgrade notification')
  let text = ''
  for (let block = 0; text.length < length; block++) {
    for (const byte of createHmac('sha256', key).update(`${notification_id} ${block}`).digest()) {
      if (byte < fair && text.length < length) text += CODE_ALPHABET[byte % CODE_ALPHABET.length]
    }
  }
  return text.match(/.{4}/g)!.join('-')
}

/** What is stored of an ID and looked up: SHA-256 of it, however it was typed. Undefined for what cannot be one. */
export function hashOfNotificationId(typed: string): Buffer | undefined {
  const bare = typed.toUpperCase().replaceAll(/[^0-9A-Z]/g, '')
  if (bare.length !== length) return undefined
  return createHash('sha256').update(bare).digest()
}

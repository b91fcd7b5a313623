import { randomBytes } from 'node:crypto'
import { CODE_ALPHABET, CODE_RANDOM_LENGTH, completeCode } from '@keyport/license'

/** Bytes from here on would make the first characters of the alphabet likelier than the others. */
const fair = 256 - (256 % CODE_ALPHABET.length)

/** A key of scheme `code`: `XXXXX-XXXXX-XXXXX-XXXXX-XXXXX`, 112 random bits and a checksum. Means something only online. */
export function makeCode(): string {
  let random = ''
  while (random.length < CODE_RANDOM_LENGTH) {
    for (const byte of randomBytes(CODE_RANDOM_LENGTH + 5)) {
      if (byte < fair && random.length < CODE_RANDOM_LENGTH) random += CODE_ALPHABET[byte % CODE_ALPHABET.length]
    }
  }
  return completeCode(random)
}

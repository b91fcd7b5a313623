import { randomInt } from 'node:crypto'
import { CODE_ALPHABET } from '@keyport/license'

/** 15 random characters of 30 (73 random bits) and a check character. */
const randomLength = 15

/** A new serial number: 16 characters in groups of four, `7K2M-9XQF-3TRB-DWH5`. */
export function makeSerialNumber(): string {
  let random = ''
  for (let n = 0; n < randomLength; n++) random += CODE_ALPHABET[randomInt(CODE_ALPHABET.length)]
  return (random + checkCharacter(random)).match(/.{4}/g)!.join('-')
}

/** Whether a text has the form of our own serial numbers and its check character fits: tells typing errors. */
export function isOwnSerialNumber(serial: string): boolean {
  if (!/^([2-9A-HJ-KM-NP-TV-Z]{4}-){3}[2-9A-HJ-KM-NP-TV-Z]{4}$/.test(serial)) return false
  const bare = serial.replaceAll('-', '')
  return checkCharacter(bare.slice(0, randomLength)) === bare.at(-1)
}

/** Luhn's algorithm over an alphabet of even size (ISO/IEC 7812-1, Annex B, generalised): any wrong character shows. */
function checkCharacter(random: string): string {
  const base = CODE_ALPHABET.length
  let sum = 0
  for (const [n, character] of [...random].reverse().entries()) {
    const value = CODE_ALPHABET.indexOf(character) * (n % 2 === 0 ? 2 : 1)
    sum += Math.floor(value / base) + (value % base)
  }
  return CODE_ALPHABET[(base - (sum % base)) % base]!
}

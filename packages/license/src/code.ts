/** 30 characters that are not mistaken for each other: no 0 O 1 I L U. */
export const CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
export const CODE_LENGTH = 25
/** Random characters of a code: 23 × log2(30) = 112.8 bits. */
export const CODE_RANDOM_LENGTH = 23
const GROUP = 5

/**
 * The largest prime below 30². A code, read as a number to base 30, leaves 1 when divided by it, as in ISO 7064.
 * One wrong character changes the number by d·30ⁱ, a swap of neighbours by d·29·30ⁱ, a swap over one character
 * by d·899·30ⁱ, with 0 < |d| < 30: never a multiple of a prime this large, hence always noticed.
 */
const MODULUS = 887

export type CodeCheck =
  | { ok: true; code: string }
  | { ok: false; reason: 'length' }
  | { ok: false; reason: 'character'; at: number }
  | { ok: false; reason: 'checksum' }

/**
 * Checks a code as a person typed it: any case, any spaces and dashes.
 * @returns the code in its printed form (five groups), or what is wrong; `at` counts characters of the code from 0.
 */
export function checkCode(typed: string): CodeCheck {
  if (typed.length > 200) return { ok: false, reason: 'length' }
  const bare = typed.toUpperCase().replace(/[\s\p{Pd}]+/gu, '')
  const at = [...bare].findIndex((character) => !CODE_ALPHABET.includes(character))
  if (at >= 0) return { ok: false, reason: 'character', at }
  if (bare.length !== CODE_LENGTH) return { ok: false, reason: 'length' }
  const random = bare.slice(0, CODE_RANDOM_LENGTH)
  if (random + checksumOf(random) !== bare) return { ok: false, reason: 'checksum' }
  return { ok: true, code: grouped(bare) }
}

/**
 * A code in its printed form, made of 23 random characters of the alphabet.
 * @throws RangeError when they are not that
 */
export function completeCode(random: string): string {
  if (random.length !== CODE_RANDOM_LENGTH || [...random].some((character) => !CODE_ALPHABET.includes(character))) {
    throw new RangeError(`a code is made of ${CODE_RANDOM_LENGTH} characters of its alphabet`)
  }
  return grouped(random + checksumOf(random))
}

function checksumOf(random: string): string {
  const base = CODE_ALPHABET.length
  let rest = 0
  for (const character of random) rest = (rest * base + CODE_ALPHABET.indexOf(character)) % MODULUS
  const check = (MODULUS + 1 - ((rest * base * base) % MODULUS)) % MODULUS
  return CODE_ALPHABET[Math.floor(check / base)]! + CODE_ALPHABET[check % base]!
}

function grouped(bare: string): string {
  return bare.match(new RegExp(`.{${GROUP}}`, 'g'))!.join('-')
}

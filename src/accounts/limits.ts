import type { Db } from '../platform/db/index.ts'
import { networkOf } from '../platform/network.ts'
import { defineLimit, refund, spend } from '../platform/rate-limits.ts'

/**
 * Guesses at one account, from wherever. The owner waits a few minutes at worst; a million guesses take years.
 * Sources: OWASP authentication cheat sheet ("account lockout"), domain.md §3.
 */
const signInAccount = defineLimit('sign_in_account', { capacity: 10, refill_per_minute: 0.5 })
/** The same for a browser that its owner signed in from before: see `device-cookie.ts`. */
const signInDevice = defineLimit('sign_in_device', { capacity: 10, refill_per_minute: 0.5 })
const signInAddress = defineLimit('sign_in_address', { capacity: 30, refill_per_minute: 3 })
const signInNetwork = defineLimit('sign_in_network', { capacity: 150, refill_per_minute: 15 })
/** Guesses at the code of a second factor, by whoever knows the password: a day of them has one chance in two thousand. */
const codeAccount = defineLimit('sign_in_code', { capacity: 5, refill_per_minute: 0.1 })
/** Challenges to passkeys: each is a row until it is answered. */
const passkeyAddress = defineLimit('passkey_address', { capacity: 30, refill_per_minute: 6 })
/** Mail that anybody can make us send to one mailbox. */
const mailAccount = defineLimit('mail_account', { capacity: 5, refill_per_minute: 0.1 })
const mailAddress = defineLimit('mail_address', { capacity: 20, refill_per_minute: 1 })
const mailNetwork = defineLimit('mail_network', { capacity: 100, refill_per_minute: 5 })
/** Each costs us a password hash. */
const hashAddress = defineLimit('hash_address', { capacity: 30, refill_per_minute: 3 })
const hashNetwork = defineLimit('hash_network', { capacity: 150, refill_per_minute: 15 })

/** `device`: the browser is known to be the owner's. */
export type Guess = { email: string; address: string; device: string | undefined }

/** Counts a guess at a password. @throws AppError `too_many_requests` */
export async function countGuess(db: Db, who: Guess): Promise<void> {
  await spend(db, signInNetwork, networkOf(who.address))
  await spend(db, signInAddress, who.address)
  if (who.device) await spend(db, signInDevice, who.device)
  else await spend(db, signInAccount, who.email.toLowerCase())
}

/** Forgets the guesses at an account once its owner signed in. */
export async function forgiveGuesses(db: Db, who: Pick<Guess, 'email'> & Partial<Guess>): Promise<void> {
  await refund(db, signInAccount, who.email.toLowerCase())
  if (who.device) await refund(db, signInDevice, who.device)
}

/** Counts a guess at a code. @throws AppError `too_many_requests` */
export async function countCode(db: Db, who: { user_id: string; address: string }): Promise<void> {
  await spend(db, signInNetwork, networkOf(who.address))
  await spend(db, codeAccount, who.user_id)
}

/** Forgets the guesses at codes once the right one came. */
export async function forgiveCodes(db: Db, user_id: string): Promise<void> {
  await refund(db, codeAccount, user_id)
}

/** Counts a challenge to a passkey, or an answer to one. @throws AppError `too_many_requests` */
export async function countChallenge(db: Db, address: string): Promise<void> {
  await spend(db, signInNetwork, networkOf(address))
  await spend(db, passkeyAddress, address)
}

/** Counts a mail to be sent on a stranger's word. @throws AppError `too_many_requests` */
export async function countMail(db: Db, who: { email: string; address: string }): Promise<void> {
  await spend(db, mailNetwork, networkOf(who.address))
  await spend(db, mailAddress, who.address)
  await spend(db, mailAccount, who.email.toLowerCase())
}

/** Counts a password to be hashed for a stranger. @throws AppError `too_many_requests` */
export async function countHash(db: Db, address: string): Promise<void> {
  await spend(db, hashNetwork, networkOf(address))
  await spend(db, hashAddress, address)
}

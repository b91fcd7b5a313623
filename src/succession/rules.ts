/** Decisions about succession. No I/O here. */

/** Days in which administrators can stop a recovery, and how many before its end they are told again. */
export const waitingDays = 14
export const remindDays = 3
/** Months without a sign-in after which an administrator counts as gone. */
export const silentMonths = 6
export const mostDomains = 10
/**
 * A mail that waited so long was given up, whatever the reason (`platform/mail`); one that ended earlier was refused by
 * the server of its address. Only that says something about the administrator.
 */
export const givenUpAfterDays = 5

/** Mails must have been refused so many days apart: a full or broken mailbox is mended by then. */
export const refusedApartDays = 3

export type Administrator = {
  /** The last sign-in, or the day on which the administrator joined. */
  seen_at: Date
  /** Whether a session is still open. */
  signed_in: boolean
  /** The first and the last mail to the address, after `seen_at`, that was refused for good. */
  refused_first_at: Date | null
  refused_last_at: Date | null
}

/** Whether an administrator counts as gone. Whoever signs in is not, whatever happened before. */
export function isGone({ seen_at, signed_in, refused_first_at, refused_last_at }: Administrator, now: Date): boolean {
  if (signed_in) return false
  if (refused_first_at && refused_last_at) {
    const days = (refused_last_at.getTime() - refused_first_at.getTime()) / 86_400_000
    if (days >= refusedApartDays) return true
  }
  const silent = new Date(now)
  silent.setUTCMonth(silent.getUTCMonth() - silentMonths)
  return seen_at <= silent
}

/** An organization without administrators has none that are not gone. */
export function areAllGone(administrators: readonly Administrator[], now: Date): boolean {
  return administrators.every((administrator) => isGone(administrator, now))
}

/** Where anybody gets an address: having one says nothing about whom one works for. */
const publicDomains = new Set([
  ...['gmail.com', 'googlemail.com', 'outlook.com', 'hotmail.com', 'live.com', 'msn.com', 'yahoo.com', 'ymail.com'],
  ...['icloud.com', 'me.com', 'mac.com', 'aol.com', 'proton.me', 'protonmail.com', 'gmx.com', 'gmx.de', 'gmx.net'],
  ...['web.de', 'orange.fr', 'free.fr', 'wanadoo.fr', 'laposte.net', 'sfr.fr', 'yahoo.fr', 'hotmail.fr', 'uol.com.br'],
  ...['bol.com.br', 'terra.com.br', 'yahoo.com.br', 'hotmail.com.br', 'mail.ru', 'yandex.ru', 'qq.com', '163.com'],
])
export function isPublic(domain: string): boolean {
  return publicDomains.has(domain)
}

/** The domain of an address, in lower case. */
export function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1).toLowerCase()
}

/** The TXT record that proves a domain: its name and its text. */
export function proofOf(domain: string, token: string): { name: string; text: string } {
  return { name: `_keyport.${domain}`, text: `keyport-verification=${token}` }
}

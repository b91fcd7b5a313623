/** Who is named as technical contact after a change. No I/O here. */
import type { Contact } from './contacts.ts'

export type ContactMode = 'replace' | 'add'

/** The contacts that a license then has: one per e-mail address, entered later ones in the place of earlier ones. */
export function contactsAfter(before: readonly Contact[], given: readonly Contact[], mode: ContactMode): Contact[] {
  const kept = mode === 'add' ? before : []
  return [...new Map([...kept, ...given].map((contact) => [contact.email.toLowerCase(), contact])).values()]
}

/** Whether two lists name the same people in the same order, with the same telephone numbers. */
export function sameContacts(one: readonly Contact[], other: readonly Contact[]): boolean {
  const text = (list: readonly Contact[]) => JSON.stringify(list.map(({ name, email, phone }) => [name, email, phone]))
  return text(one) === text(other)
}

/** Those who were not named before. */
export function newlyNamed(before: readonly Contact[], after: readonly Contact[]): Contact[] {
  const known = new Set(before.map(({ email }) => email.toLowerCase()))
  return after.filter(({ email }) => !known.has(email.toLowerCase()))
}

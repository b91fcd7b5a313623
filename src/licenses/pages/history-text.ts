import type { Day } from '../../platform/actor.ts'
import type { Format, T } from '../../platform/i18n.ts'
import type { IconName } from '../../ui/icon.tsx'
import type { HistoryEntry } from '../history.ts'

/** What one line of history says: a sentence, and what was changed, before and after. */
export type HistoryText = { icon: IconName; title: string; changes: string[] }

type Details = Record<string, unknown>
type Told = { title: string; icon?: IconName; changes?: string[] }

/** The sentence of each action; one that has none yet reads "Changed". */
export function historyText(t: T, format: Format, { action, details }: Pick<HistoryEntry, 'action' | 'details'>) {
  const facts = (details ?? {}) as Details
  const told = Object.hasOwn(tellers, action) ? tellers[action]!(t, facts, format) : undefined
  const { icon = 'history', title = t('licenses.history.other'), changes = [] } = told ?? {}
  return { icon, title, changes } satisfies HistoryText
}

type Teller = (t: T, facts: Details, format: Format) => Told

const tellers: Record<string, Teller> = {
  'license.registered': (t, { registered_to }) => ({
    icon: 'key',
    title: registered_to
      ? t('licenses.event.license.registered', { company: text(registered_to) })
      : t('licenses.history.registered'),
  }),
  'license.maintenance_extended': (t, { maintenance_until }, format) => ({
    icon: 'shield-check',
    title: t('licenses.event.license.maintenance_extended', { day: dayOf(format, pair(maintenance_until).after) }),
  }),
  'license.corrected': (t, { before, after }, format) => ({
    icon: 'pencil',
    title: t('licenses.event.license.corrected'),
    changes: corrections(t, format, (before ?? {}) as Details, (after ?? {}) as Details),
  }),
  'order.cancelled': (t) => ({ icon: 'circle-x', title: t('licenses.event.order.cancelled') }),
  'license.commented': (t) => ({ icon: 'pencil', title: t('licenses.event.license.commented') }),
  'license.comment_removed': (t) => ({ icon: 'trash', title: t('licenses.event.license.comment_removed') }),
  'license.comment_restored': (t) => ({ icon: 'refresh', title: t('licenses.event.license.comment_restored') }),
  'license.contacts_assigned': (t, { contacts }) => ({
    icon: 'users',
    title: t('licenses.event.license.contacts_assigned'),
    changes: [change(t, t('licenses.changed.contacts'), pair(contacts))],
  }),
  'license.fields_changed': (t, { fields }) => ({
    icon: 'edit',
    title: t('licenses.event.license.fields_changed'),
    changes: list(fields).map((each) => change(t, text((each as Details).name), each as Details)),
  }),
  'license.tagged': (t, { added, removed }) => ({
    icon: 'ticket',
    title: t('licenses.event.license.tagged'),
    changes: [
      ...(list(added).length > 0 ? [named(t, t('licenses.changed.tags_added'), added)] : []),
      ...(list(removed).length > 0 ? [named(t, t('licenses.changed.tags_removed'), removed)] : []),
    ],
  }),
  'license.address_changed': (t, { address }) => ({
    icon: 'building',
    title: t('licenses.event.license.address_changed'),
    changes: address ? [change(t, t('licenses.changed.address'), pair(address))] : [],
  }),
  'license.file_taken': (t, { name }) => ({
    icon: 'download',
    title: t('licenses.event.license.file_taken', { name: text(name) }),
  }),
  'license.keys_taken': (t, { keys }) => ({
    icon: 'download',
    title: t('licenses.event.license.keys_taken', { keys: Number(keys) || 0 }),
  }),
  'license.shared': (t, { email }) => ({
    icon: 'users',
    title: t('licenses.event.license.shared', { email: text(email) }),
  }),
  'license.keys_handed_over': (t, { to, keys }) => ({
    icon: 'mail',
    title: t('licenses.event.license.keys_handed_over', { to: text(to), keys: Number(keys) || 0 }),
  }),
  'license.transfer_offered': (t, { email }) => ({
    icon: 'arrows-sort',
    title: t('licenses.event.license.transfer_offered', { email: text(email) }),
  }),
  'license.transferred': (t, { other }) => ({
    icon: 'arrows-sort',
    title: other
      ? t('licenses.event.license.transferred', { other: text(other) })
      : t('licenses.event.license.transferred_by_vendor'),
  }),
  'license.received': (t, { other }) => ({
    icon: 'arrows-sort',
    title: other
      ? t('licenses.event.license.received', { other: text(other) })
      : t('licenses.event.license.received_by_vendor'),
  }),
  'license.transfer_undone': (t, { other }) => ({
    icon: 'refresh',
    title: t('licenses.event.license.transfer_undone', { other: text(other) }),
  }),
  'license.rehosted': (t, facts) => ({
    icon: 'server',
    title: t('licenses.event.license.rehosted', hosts(facts)),
  }),
  'license.rehosted_temporarily': (t, facts) => ({
    icon: 'clock',
    title: t('licenses.event.license.rehosted_temporarily', { ...hosts(facts), request: text(facts.request) }),
  }),
  'license.rehost_granted': (t, facts) => ({
    icon: 'server',
    title: t('licenses.event.license.rehost_granted', { ...hosts(facts), request: text(facts.request) }),
  }),
  'license.rehost_undone': (t, facts) => ({
    icon: 'server',
    title: t('licenses.event.license.rehost_undone', hosts(facts)),
  }),
  'license.temporary_key_extended': (t, { to, until }, format) => ({
    icon: 'clock',
    title: t('licenses.event.license.temporary_key_extended', { to: host(to), day: dayOf(format, until) }),
  }),
  'license.deployed': (t, { to, quantity }) => ({
    icon: 'server',
    title: t('licenses.event.license.deployed', { to: host(to), quantity: text(quantity) }),
  }),
  'license.keys_reissued': (t) => ({ icon: 'refresh', title: t('licenses.event.license.keys_reissued') }),
  'license.split': (t, { into, quantity }) => ({
    icon: 'arrows-sort',
    title: t('licenses.event.license.split', { serial: text(into) }),
    changes: [change(t, t('licenses.changed.quantity'), pair(quantity))],
  }),
  'license.split_from': (t, { from, quantity }) => ({
    icon: 'arrows-sort',
    title: t('licenses.event.license.split_from', { serial: text(from), quantity: text(quantity) }),
  }),
  'license.upgraded': (t, { into, version, quantity, overlap_ends_on }, format) => ({
    icon: 'refresh',
    title: t('licenses.event.license.upgraded', {
      ...{ serial: text(into), version: text(version), quantity: text(quantity) },
      day: dayOf(format, overlap_ends_on),
    }),
  }),
  'license.upgraded_from': (t, { from, quantity }) => ({
    icon: 'refresh',
    title: t('licenses.event.license.upgraded_from', { serial: text(from), quantity: text(quantity) }),
  }),
  'license.overlap_ended': (t, { into, quantity }) => ({
    icon: 'circle-check',
    title: t('licenses.event.license.overlap_ended', { serial: text(into), quantity: text(quantity) }),
  }),
  'license.overlap_cut': (t, { into }) => ({
    icon: 'clock',
    title: t('licenses.event.license.overlap_cut', { serial: text(into) }),
  }),
  'license.version_changed': (t, { version }) => ({
    icon: 'refresh',
    title: t('licenses.event.license.version_changed', {
      version: text(pair(version).after),
      before: text(pair(version).before),
    }),
  }),
  'license.revoked': (t, { reason }) => ({
    icon: 'circle-x',
    title: t('licenses.event.license.revoked', { reason: text(reason) }),
  }),
  'license.returned': (t) => ({ icon: 'inbox', title: t('licenses.event.license.returned') }),
  'software.downloaded': (t, { product, version, file }) => ({
    icon: 'download',
    title: t('licenses.event.software.downloaded', {
      file: text(file),
      software: `${text(product)} ${text(version)}`,
    }),
  }),
  'request.opened': (t, facts) => request(t('licenses.event.request.opened', numberOf(facts))),
  'request.taken': (t, facts) => request(t('licenses.event.request.taken', numberOf(facts))),
  'request.left': (t, facts) => request(t('licenses.event.request.left', numberOf(facts))),
  'request.accepted': (t, facts) => request(t('licenses.event.request.accepted', numberOf(facts))),
  'request.refused': (t, facts) => request(t('licenses.event.request.refused', numberOf(facts))),
  'request.withdrawn': (t, facts) => request(t('licenses.event.request.withdrawn', numberOf(facts))),
}

const request = (title: string): Told => ({ icon: 'inbox', title })
const numberOf = ({ number }: Details) => ({ request: text(number) })
const hosts = ({ from, to }: Details) => ({ from: host(from), to: host(to) })
const host = (given: unknown) => text((given as { id?: unknown } | null | undefined)?.id)
const list = (given: unknown): unknown[] => (Array.isArray(given) ? given : [])
const pair = (given: unknown) => (given ?? {}) as { before?: unknown; after?: unknown }
const named = (t: T, label: string, values: unknown) =>
  `${t('ui.label', { label })} ${list(values).map(text).join(', ')}`

/** History outlives the code that wrote it: what is not as expected is shown as it is, or left out. */
function text(given: unknown): string {
  if (given === null || given === undefined) return ''
  if (Array.isArray(given)) return given.map(text).join(', ')
  return typeof given === 'object' ? Object.values(given).map(text).filter(Boolean).join(', ') : String(given)
}

function change(t: T, what: string, { before, after }: { before?: unknown; after?: unknown }): string {
  const shown = (value: unknown) => text(value) || t('licenses.history.nothing')
  return t('licenses.history.change', { what, before: shown(before), after: shown(after) })
}

const day = /^\d{4}-\d\d-\d\d$/
const dayOf = (format: Format, given: unknown) => (day.test(text(given)) ? format.day(text(given) as Day) : text(given))

const corrected = ['quantity', 'starts_on', 'ends_on', 'maintenance_until'] as const

function corrections(t: T, format: Format, before: Details, after: Details): string[] {
  return corrected
    .filter((name) => name in before && name in after && text(before[name]) !== text(after[name]))
    .map((name) => {
      const values = { before: dayOf(format, before[name]), after: dayOf(format, after[name]) }
      return change(t, t(`licenses.changed.${name}`), values)
    })
}

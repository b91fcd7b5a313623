import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatFor, locales, textsFor } from '../../platform/i18n.ts'
import { historyText } from './history-text.ts'

const told = (action: string, details: unknown, locale: (typeof locales)[number] = 'en') => {
  const { title, changes } = historyText(textsFor(locale), formatFor(locale, 'UTC'), { action, details })
  return [title, ...changes]
}
const [from, to] = [
  { type: 'hostname', id: 'db-01' },
  { type: 'hostname', id: 'db-02' },
]

const cases: [action: string, details: unknown, ...told: string[]][] = [
  ['license.registered', { registered_to: 'Acme Inc.' }, 'Registered to Acme Inc.'],
  [
    'license.maintenance_extended',
    { maintenance_until: { before: null, after: '2027-03-01' } },
    'Maintenance extended to March 1, 2027',
  ],
  [
    'license.corrected',
    { before: { quantity: 3, ends_on: null, serial: 'A' }, after: { quantity: 5, ends_on: '2027-03-01', serial: 'A' } },
    ...['Corrected with its order', 'Quantity: 3 → 5', 'Ends: nothing → March 1, 2027'],
  ],
  [
    'license.fields_changed',
    { fields: [{ name: '=Cost <b>', before: null, after: '4711' }] },
    ...['User-defined fields changed', '=Cost <b>: nothing → 4711'],
  ],
  [
    'license.contacts_assigned',
    { contacts: { before: ['Ann'], after: ['Ann', 'Ben'] } },
    ...['Technical contacts changed', 'Contacts: Ann → Ann, Ben'],
  ],
  ['license.tagged', { added: ['ship'], removed: [] }, 'Tags changed', 'Added: ship'],
  [
    'license.address_changed',
    { address: { before: null, after: { company: 'Acme', street: 'Rue 1', street2: null, country: 'FR' } } },
    ...['Moved to a new address', 'Address: nothing → Acme, Rue 1, FR'],
  ],
  ['license.rehosted', { from, to }, 'Moved from host db-01 to db-02'],
  [
    'license.temporary_key_extended',
    { to, until: '2027-03-01' },
    'Temporary key of host db-02 extended to March 1, 2027',
  ],
  [
    'license.split',
    { into: 'KP-2', quantity: { before: 5, after: 3 } },
    ...['Split: part became license KP-2', 'Quantity: 5 → 3'],
  ],
  ['request.opened', { number: 'SR-1', kind: 'rehost' }, 'Request SR-1 opened'],
  ['license.unheard_of', { any: 'thing' }, 'Changed'],
  ['constructor', {}, 'Changed'],
]

for (const [action, details, ...expected] of cases) {
  test(`history tells ${action}: ${expected.join('; ')}`, () => assert.deepEqual(told(action, details), expected))
}

test('history outlives what wrote it: details that are not as expected are told as far as they go, in every language', () => {
  for (const locale of locales) {
    for (const [action] of cases) {
      for (const odd of [
        null,
        {},
        [],
        'text',
        { fields: 'x', contacts: 3, address: [], before: null, from: 'host', to: 7 },
      ]) {
        const [title] = told(action, odd, locale)
        assert.ok(title && !/undefined|null|\[object|\{/.test(title), `${action} ${JSON.stringify(odd)}: ${title}`)
      }
    }
  }
})

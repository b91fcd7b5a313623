import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Role, roles } from '../platform/actor.ts'
import type { Held } from './levels.ts'
import { licenseOptions, type OptionFacts, type OptionRefusal, optionsOf, refusalOfLicense } from './option-rules.ts'

const user = (role: Role) => ({ role, organization_id: 'o', user_id: 'u' })
const active: OptionFacts & Held = { owned: true, own: true, level: 'full', revoked: false, superseded: false }

const cases: [
  name: string,
  facts: Partial<OptionFacts & Held>,
  role: Role,
  possible: string,
  refusal: OptionRefusal,
][] = [
  ['a manager of an active license', {}, 'manager', licenseOptions.join(' '), 'role'],
  ['an administrator of an active license', {}, 'administrator', licenseOptions.join(' '), 'role'],
  ['a viewer', {}, 'viewer', 'software certificate', 'role'],
  ['a downloader', {}, 'downloader', 'software certificate', 'role'],
  [
    'a manager of a revoked license',
    { revoked: true },
    'manager',
    'fields comment tags software certificate share',
    'revoked',
  ],
  [
    'a manager of a replaced license',
    { superseded: true },
    'manager',
    'fields comment tags software certificate share',
    'superseded',
  ],
  [
    'a manager of both',
    { revoked: true, superseded: true },
    'manager',
    'fields comment tags software certificate share',
    'revoked',
  ],
  ['a manager with a bookmark', { owned: false }, 'manager', 'comment tags software certificate', 'unregistered'],
  [
    'a manager with a revoked bookmark',
    { owned: false, revoked: true },
    'manager',
    'comment tags software certificate',
    'unregistered',
  ],
]

for (const [name, facts, role, possible, refusal] of cases) {
  test(`what ${name} may do, and why nothing else`, () => {
    const options = optionsOf({ ...active, ...facts }, user(role))
    const free = licenseOptions.filter((option) => options[option] === null)
    assert.deepEqual(
      free,
      licenseOptions.filter((option) => possible.split(' ').includes(option)),
    )
    for (const option of licenseOptions) if (!free.includes(option)) assert.equal(options[option], refusal, option)
  })
}

test('what the license itself rules out is said before the role, and holds for every role', () => {
  for (const role of roles) {
    assert.equal(optionsOf({ ...active, revoked: true }, user(role)).address, 'revoked')
    assert.equal(optionsOf({ ...active, owned: false }, user(role)).rehost, 'unregistered')
  }
  assert.equal(refusalOfLicense('contacts', { ...active, superseded: true }), 'superseded')
  assert.equal(refusalOfLicense('contacts', active), null)
})

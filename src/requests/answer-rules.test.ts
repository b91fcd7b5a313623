import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fillIn, unknownPlaceholders } from './answer-rules.ts'

const values = {
  ...{ name: 'Ann {number}', number: 'SR-1', organization: 'Acme', product: null, serial: null },
  ...{ operator: 'Robin', vendor: 'Keyport' },
}

test('placeholders are filled in once; what is not known about a request stays to be seen', () => {
  assert.equal(
    fillIn('Hello {name}, {number}: {serial} {constructor} {}', values),
    'Hello Ann {number}, SR-1: {serial} {constructor} {}',
  )
})

test('what is no placeholder is found before anybody sends it', () => {
  assert.deepEqual(unknownPlaceholders('{name} {nmae} {nmae} {Name} {a\nb} {}'), ['nmae', 'Name', ''])
})

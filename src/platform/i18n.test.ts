import assert from 'node:assert/strict'
import { test } from 'node:test'
import { textsFor } from './i18n.ts'

test('a name that ends with a full stop ends its sentence once', () => {
  const lead = (company: string) => textsFor('en')('registration.confirmation.lead', { count: 2, company })
  assert.equal(lead('Example Inc.'), '2 licenses are registered to Example Inc.')
  assert.equal(lead('Example $& Inc.'), '2 licenses are registered to Example $& Inc.')
  assert.equal(lead('Example'), '2 licenses are registered to Example.')
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { textsFor, withFixedSpaces } from './i18n.ts'

test('a name that ends with a full stop ends its sentence once', () => {
  const lead = (company: string) => textsFor('en')('registration.confirmation.lead', { count: 2, company })
  assert.equal(lead('Example Inc.'), '2 licenses are registered to Example Inc.')
  assert.equal(lead('Example $& Inc.'), '2 licenses are registered to Example $& Inc.')
  assert.equal(lead('Example'), '2 licenses are registered to Example.')
})

test('French keeps the spaces of signs, quotation marks and numbers; other languages have none', () => {
  const text = 'Et « ceci » ? Oui : 10 000 ou 100 % ! SR-4 2026'
  assert.equal(withFixedSpaces('fr', text).replaceAll('\u00a0', '~'), 'Et «~ceci~»~? Oui~: 10~000 ou 100~%~! SR-4 2026')
  assert.equal(withFixedSpaces('pt-BR', text), text)
})

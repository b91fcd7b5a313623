import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findFaults } from './check-messages.ts'

const code = `t('orders.title'); t(\`orders.\${state}.text\`)`
const en = { 'orders.title': 'Orders of {name}', 'orders.open.text': '{count, plural, one {one} other {#}}' }

test('catalogs with the same keys and placeholders have no faults', () => {
  const fr = {
    'orders.title': 'Commandes de {name}',
    'orders.open.text': '{count, plural, one {une} many {#} other {#}}',
  }
  assert.deepEqual(findFaults({ en, fr }, code), [])
})

test('a missing, empty or malformed text and a lost placeholder are found', () => {
  assert.deepEqual(findFaults({ en, fr: { 'orders.title': 'Commandes' } }, code), [
    'fr: orders.title fills in nothing, en name',
    'fr: orders.open.text is missing',
  ])
  assert.deepEqual(findFaults({ en: { 'orders.title': ' ' } }, code), ['en: orders.title is empty'])
  assert.match(findFaults({ en: { 'orders.title': '{name' } }, code)[0]!, /^en: orders.title is not well-formed/)
})

test('a key that the code never names is found', () => {
  assert.deepEqual(findFaults({ en: { ...en, 'orders.closed': 'Closed' } }, code), ['orders.closed is used nowhere'])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { networkOf } from '../platform/network.ts'
import { activeOrganization, blocksOf, deviceOf, isHardToGuess, returnPath, shortAddress } from './rules.ts'

test('after signing in one returns to a page of ours', () => {
  for (const path of ['/', '/licenses', '/licenses?q=a%20b&status=active', '/licenses/M0123456789']) {
    assert.equal(returnPath(path, '/home'), path)
  }
})

test('addresses of other sites, however disguised, are refused', () => {
  const foreign = [
    ...['https://evil.example/', '//evil.example', '/\\evil.example', '/\t/evil.example', '/\n/evil.example'],
    ...['\\\\evil.example', 'javascript:alert(1)', 'evil', ' /x', '/x\\..\\//evil.example', `/${'a'.repeat(3000)}`, ''],
    ...[
      '/%5c%5cevil.example/..//evil.example\\',
      '/é',
      'http:/evil.example',
      '/.//evil.example',
      '/x/..//evil.example',
    ],
  ]
  for (const path of foreign) assert.equal(returnPath(path, '/home'), '/home', JSON.stringify(path))
})

test('whatever is given, the browser stays on our origin', () => {
  const part = fc.constantFrom('/', '/./', '\\', '.', '..', '%2f', '%5c', '@', ':', 'evil.example', '\t', '?', '#', 'a')
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      const path = returnPath(parts.join(''), '/home')
      assert.equal(new URL(path, 'https://portal.example').origin, 'https://portal.example')
    }),
    { numRuns: 5000 },
  )
})

test('passwords that attackers try first are refused', () => {
  const known = ['ann.miller@acme.example', 'Ann', 'Miller', 'Acme Corp']
  for (const weak of [
    'password123',
    '1234567890',
    'aaaaaaaaaaaa',
    'abababababab',
    'qwertyuiop1',
    'ann.miller!',
    'acme corp 1',
  ]) {
    assert.equal(isHardToGuess(weak, known), false, weak)
  }
  for (const good of [
    'correct horse battery',
    'a miller has 3 mills',
    'vier alte Fahrräder',
    'tK9#mq!vR2zp',
    'the acme corp has 12 doors',
  ]) {
    assert.equal(isHardToGuess(good, known), true, good)
  }
})

test('an agreement is headings and paragraphs', () => {
  assert.deepEqual(blocksOf('One\ntwo\n\n## Title\n\n \n<b>three</b>\n'), [
    { kind: 'paragraph', text: 'One two' },
    { kind: 'heading', text: 'Title' },
    { kind: 'paragraph', text: '<b>three</b>' },
  ])
})

test('one works for the organization chosen, or for the first joined when it is none of theirs', () => {
  const joined = [{ id: 'a' }, { id: 'b' }]
  assert.equal(activeOrganization(joined, 'b')?.id, 'b')
  assert.equal(activeOrganization(joined, 'x')?.id, 'a')
  assert.equal(activeOrganization(joined, null)?.id, 'a')
  assert.equal(activeOrganization([], 'a'), undefined)
})

test('a network is a /24, or a /48 of IPv6', () => {
  assert.equal(networkOf('192.0.2.77'), '192.0.2.0/24')
  assert.equal(networkOf('::ffff:192.0.2.77'), '192.0.2.0/24')
  assert.equal(networkOf('2001:db8:1:2:3:4:5:6'), '2001:db8:1::/48')
  assert.equal(networkOf('2001:0DB8:0001::9'), '2001:db8:1::/48')
  assert.equal(networkOf('2001:db8::1'), '2001:db8:0::/48')
  assert.equal(networkOf('::1'), '0:0:0::/48')
})

test('a session names browser and system as people know them', () => {
  const agent = (text: string) => deviceOf(`Mozilla/5.0 (${text}`)
  assert.deepEqual(agent('Windows NT 10.0; Win64; x64) Chrome/141.0 Safari/537.36 Edg/141.0'), {
    browser: 'Edge',
    system: 'Windows',
  })
  assert.deepEqual(agent('iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1'), {
    browser: 'Safari',
    system: 'iOS',
  })
  assert.deepEqual(agent('X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'), {
    browser: 'Firefox',
    system: 'Linux',
  })
  assert.equal(deviceOf('nonsense'), undefined)
  assert.equal(deviceOf(''), undefined)
})

test('an address is shown short', () => {
  assert.equal(shortAddress('2001:0db8:0000:0000:0000:0000:0000:0001'), '2001:db8::1')
  assert.equal(shortAddress('192.0.2.7'), '192.0.2.7')
  assert.equal(shortAddress('no:address'), 'no:address')
})

import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { sessionCookies, tokenOf } from './session-cookie.ts'

const signature = createHmac('sha256', 'secret').update('token.1').digest('base64')

test('a token is read only from a cookie that we signed', () => {
  assert.equal(tokenOf(`token.1.${signature}`, 'secret'), 'token.1')
  assert.equal(tokenOf(`token.1.${signature}`, 'another'), undefined)
  assert.equal(tokenOf(`token.2.${signature}`, 'secret'), undefined)
  for (const bad of [
    undefined,
    '',
    '.',
    'token',
    'token.',
    `.${signature}`,
    `token.1.${signature.slice(0, 20)}`,
    `token.1.${signature}x`,
  ]) {
    assert.equal(tokenOf(bad, 'secret'), undefined)
  }
})

test('served by https the cookie is bound to the host', () => {
  const { session, attributes } = sessionCookies({ base_url: 'https://licensing.example.com' })
  assert.match(session, /^__Host-/)
  assert.deepEqual(attributes, { secure: true, httpOnly: true, sameSite: 'lax', path: '/' })
  assert.doesNotMatch(sessionCookies({ base_url: 'http://localhost:3000' }).session, /^__Host-/)
})

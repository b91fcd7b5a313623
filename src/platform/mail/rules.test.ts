import assert from 'node:assert/strict'
import { test } from 'node:test'
import { failureOf, nextAttemptAfter } from './rules.ts'

test('only a permanent answer to the recipient or the content refuses a mail for good', () => {
  const cases = [
    [{ code: 'EENVELOPE', responseCode: 550, command: 'RCPT TO' }, 'refused'],
    [{ code: 'EMESSAGE', responseCode: 554, command: 'DATA' }, 'refused'],
    [{ code: 'EENVELOPE', responseCode: 450, command: 'RCPT TO' }, 'deferred'],
    [{ code: 'EENVELOPE', responseCode: 421, command: 'RCPT TO' }, 'server'],
    [{ code: 'EENVELOPE', responseCode: 550, command: 'MAIL FROM' }, 'server'],
    [{ code: 'EAUTH', responseCode: 535, command: 'AUTH PLAIN' }, 'server'],
    [{ code: 'ECONNECTION', command: 'CONN' }, 'server'],
    [{ code: 'ETIMEDOUT', command: 'DATA' }, 'server'],
  ] as const
  for (const [error, kind] of cases) {
    assert.equal(failureOf({ message: 'no', ...error }).kind, kind, JSON.stringify(error))
  }
})

test('pauses double from 15 seconds to four hours, varied by half', () => {
  const now = new Date(0)
  const seconds = (attempts: number, random: number) => nextAttemptAfter(attempts, now, random).getTime() / 1000
  assert.deepEqual(
    [1, 2, 3, 4].map((n) => seconds(n, 0.5)),
    [15, 30, 60, 120],
  )
  assert.equal(seconds(30, 0.5), 4 * 3600)
  assert.deepEqual([seconds(1, 0), seconds(1, 0.999)].map(Math.round), [8, 22])
})

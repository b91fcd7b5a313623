import assert from 'node:assert/strict'
import { test } from 'node:test'
import { timeOfUuidv7, uuidv7 } from './ids.ts'

const form = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

test('an id is a UUID of version 7 that carries the time', async () => {
  // Other tests of this process may have made ids under a clock of their own.
  const { uuidv7 } = (await import('./ids.ts?alone' as string)) as typeof import('./ids.ts')
  const before = Date.now()
  const id = uuidv7()
  assert.match(id, form)
  // Ids made by the thousand within a millisecond run a little ahead of the clock.
  assert.ok(timeOfUuidv7(id) >= before && timeOfUuidv7(id) <= Date.now() + 1000)
})

test('100,000 ids made in a row strictly increase and keep their form', () => {
  let last = ''
  for (let i = 0; i < 100_000; i++) {
    const id = uuidv7()
    assert.ok(id > last, `${id} after ${last}`)
    assert.match(id, form)
    last = id
  }
})

test('ids still increase when the clock goes back', (t) => {
  const ahead = uuidv7()
  t.mock.method(Date, 'now', () => timeOfUuidv7(ahead) - 60_000)
  assert.ok(uuidv7() > ahead)
})

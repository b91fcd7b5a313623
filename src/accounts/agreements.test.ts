import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshDatabase } from '../../test/database.ts'
import { type Actor, systemActor } from '../platform/actor.ts'
import { defaultAgreement } from './agreement/index.ts'
import { getCurrentAgreement } from './agreements.ts'
import { publishAgreement } from './index.ts'
import { blocksOf } from './rules.ts'

const texts = { en: 'Two.', fr: 'Deux.', 'pt-BR': 'Dois.' }

test('the default agreement has the same sections in every language and is long enough to scroll', () => {
  const shapes = Object.values(defaultAgreement.texts).map((text) => blocksOf(text).map(({ kind }) => kind))
  assert.equal(shapes.length, 3)
  for (const shape of shapes) assert.deepEqual(shape, shapes[0])
  assert.ok(shapes[0]!.filter((kind) => kind === 'heading').length >= 10)
  for (const text of Object.values(defaultAgreement.texts)) assert.ok(text.length > 6000)
})

test('there is always an agreement in force; the one published last counts from its time on', async (t) => {
  const { db } = await freshDatabase(t)
  const now = new Date('2026-06-01T00:00:00Z')
  assert.equal((await getCurrentAgreement(db, 'fr', now)).version, defaultAgreement.version)
  await publishAgreement(db, systemActor('test', new Date('2026-07-01T00:00:00Z')), { version: '2.0', texts })
  assert.equal((await getCurrentAgreement(db, 'fr', now)).version, defaultAgreement.version)
  const later = await getCurrentAgreement(db, 'fr', new Date('2026-07-02T00:00:00Z'))
  assert.deepEqual([later.version, later.body], ['2.0', 'Deux.'])
})

test('only operator administrators and the portal publish agreements, each version once', async (t) => {
  const { db } = await freshDatabase(t)
  const support: Actor = { ...systemActor('test'), kind: 'operator', operator_role: 'support' }
  await assert.rejects(publishAgreement(db, support, { version: '2.0', texts }), { code: 'forbidden' })
  await publishAgreement(db, { ...support, operator_role: 'administrator' }, { version: '2.0', texts })
  await assert.rejects(publishAgreement(db, systemActor('test'), { version: '2.0', texts }), { code: 'stale' })
})

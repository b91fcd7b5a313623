/** Races on real connections. Each was seen red with its lock deleted. */
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { freshPostgres } from '../../test/database.ts'
import { aLicense, aMember } from '../../test/licenses.ts'
import type { Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { addField } from './add-field.ts'
import { moveField } from './change-field.ts'
import { deleteField, restoreField } from './delete-field.ts'
import { listFields } from './queries.ts'
import { mostFields } from './schemas.ts'
import { setFieldValues } from './set-field-values.ts'

let db: Db
before(async (t) => {
  db = (await freshPostgres(t as never)).db
})

const contenders = 16

function many<V>(count: number, make: (n: number) => Promise<V>): Promise<V[]> {
  return Promise.all(Array.from({ length: count }, (_, n) => make(n)))
}

function add(actor: Member, name: string) {
  return addField(db, actor, { name, type: 'text', choices: [], flags: [] })
}

test('sixteen managers who add fields at once leave an organization with thirty, never more', async () => {
  const actor = await aMember(db)
  for (let n = 0; n < mostFields - 4; n++) await add(actor, `Field ${n}`)
  const results = await many(contenders, (n) => add(actor, `New ${n}`))
  assert.equal(results.filter(({ ok }) => ok).length, 4)
  assert.equal((await listFields(db, actor)).length, mostFields)
})

test('of sixteen fields with one name one is added, the others are told', async () => {
  const actor = await aMember(db)
  const results = await many(contenders, (n) => add(actor, n % 2 ? 'Owner' : 'OWNER'))
  assert.deepEqual(
    results.filter((result) => !result.ok),
    Array.from({ length: contenders - 1 }, () => ({ ok: false, refusal: 'name_taken' })),
  )
})

test('deleted fields that come back while others are added stay within thirty', async () => {
  const actor = await aMember(db)
  const deleted: string[] = []
  for (let n = 0; n < 8; n++) {
    const added = await add(actor, `Old ${n}`)
    if (added.ok) deleted.push(added.field_id)
  }
  for (const id of deleted) await deleteField(db, actor, id)
  for (let n = 0; n < mostFields - 3; n++) await add(actor, `Field ${n}`)
  await many<unknown>(contenders, (n) => (n < 8 ? restoreField(db, actor, deleted[n]!) : add(actor, `New ${n}`)))
  assert.equal((await listFields(db, actor)).length, mostFields)
})

test('fields that are moved at once keep places of their own', async () => {
  const actor = await aMember(db)
  const ids: string[] = []
  for (let n = 0; n < 6; n++) {
    const added = await add(actor, `Field ${n}`)
    if (added.ok) ids.push(added.field_id)
  }
  await many(60, (n) => moveField(db, actor, { field_id: ids[n % 6]!, direction: n % 2 ? 'up' : 'down' }))
  const rows = await db
    .selectFrom('user_defined_fields')
    .select('position')
    .where('organization_id', '=', actor.organization_id)
    .execute()
  assert.equal(new Set(rows.map(({ position }) => position)).size, 6)
})

test('values set on overlapping licenses in opposite orders wait for one another, and history follows', async () => {
  const actor = await aMember(db)
  const licenses = await many(12, () => aLicense(db, actor))
  const added = await add(actor, 'Owner')
  assert.ok(added.ok)
  const ids = licenses.map(({ id }) => id)
  await many(contenders, (n) =>
    setFieldValues(db, actor, {
      license_ids: n % 2 ? ids : ids.toReversed(),
      values: { [added.field_id]: `Owner ${n}` },
    }),
  )
  const events = await db
    .selectFrom('events')
    .select('details')
    .where('license_id', '=', ids[0]!)
    .orderBy('chain_number')
    .execute()
  const steps = events.map(({ details }) => (details as { fields: { before: string; after: string }[] }).fields[0]!)
  assert.equal(steps.length, contenders)
  for (const [n, { before }] of steps.entries()) assert.equal(before, n === 0 ? null : steps[n - 1]!.after)
})

test('of sixteen who save a license that all read before, one wins, the others are told', async () => {
  const actor = await aMember(db)
  const { id } = await aLicense(db, actor)
  const added = await add(actor, 'Owner')
  assert.ok(added.ok)
  const results = await many(contenders, (n) =>
    setFieldValues(db, actor, {
      license_ids: [id],
      values: { [added.field_id]: `Owner ${n}` },
      revisions: { [id]: 1 },
    }),
  )
  assert.equal(results.filter((result) => result.ok && result.changed.length === 1).length, 1)
  assert.equal(results.filter((result) => result.ok && result.refused[0]?.refusal === 'changed').length, contenders - 1)
})

import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { sql } from 'kysely'
import { freshDatabase } from '../../test/database.ts'
import { aLicense, aMember } from '../../test/licenses.ts'
import type { Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { addField } from './add-field.ts'
import { changeField, moveField } from './change-field.ts'
import { deleteField, purgeDeletedFields, restoreField } from './delete-field.ts'
import { countLicensesWith, getField, listDeletedFields, listFields, valuesOf } from './queries.ts'
import type { FieldType } from './rules.ts'
import { type Definition, daysKept } from './schemas.ts'
import { setFieldValues } from './set-field-values.ts'

let db: Db
before(async (t) => {
  db = (await freshDatabase(t as never)).db
})

async function aField(actor: Member, given: Partial<Definition> & { type?: FieldType } = {}): Promise<string> {
  const count = (await listFields(db, actor)).length
  const field = { name: `Field ${count}`, type: 'text' as const, choices: [], flags: [], ...given }
  const added = await addField(db, actor, field)
  assert.ok(added.ok)
  return added.field_id
}

const names = async (actor: Member) => (await listFields(db, actor)).map(({ name }) => name)
const code = (expected: string) => (error: unknown) => error instanceof AppError && error.code === expected

async function actions(actor: Member): Promise<string[]> {
  const rows = await db
    .selectFrom('events')
    .select('action')
    .where('organization_id', '=', actor.organization_id)
    .orderBy('id')
    .execute()
  return rows.map(({ action }) => action)
}

test('fields have different names, capitals or not, within an organization', async () => {
  const [mine, other] = [await aMember(db), await aMember(db)]
  await aField(mine, { name: 'Coût' })
  assert.deepEqual(await addField(db, mine, { name: 'COÛT', type: 'date', choices: [], flags: [] }), {
    ok: false,
    refusal: 'name_taken',
  })
  await aField(other, { name: 'Coût' })
  assert.deepEqual(await names(mine), ['Coût'])
})

test('there are at most thirty; what is deleted counts no more, and comes back only where there is room', async () => {
  const actor = await aMember(db)
  const ids: string[] = []
  for (let n = 0; n < 30; n++) ids.push(await aField(actor, { name: `Field ${n}` }))
  const one_more = { name: 'One more', type: 'text' as const, choices: [], flags: [] }
  assert.deepEqual(await addField(db, actor, one_more), { ok: false, refusal: 'too_many' })
  await deleteField(db, actor, ids[3]!)
  assert.ok((await addField(db, actor, one_more)).ok)
  assert.deepEqual(await restoreField(db, actor, ids[3]!), { ok: false, refusal: 'too_many' })
  assert.equal((await listFields(db, actor)).length, 30)
})

test('moving swaps neighbours; the ends stay; a restored field stands where it stood', async () => {
  const actor = await aMember(db)
  const [a, b, c] = [
    await aField(actor, { name: 'A' }),
    await aField(actor, { name: 'B' }),
    await aField(actor, { name: 'C' }),
  ]
  await moveField(db, actor, { field_id: c, direction: 'up' })
  assert.deepEqual(await names(actor), ['A', 'C', 'B'])
  await moveField(db, actor, { field_id: a, direction: 'up' })
  await moveField(db, actor, { field_id: b, direction: 'down' })
  assert.deepEqual(await names(actor), ['A', 'C', 'B'])
  await deleteField(db, actor, c)
  await moveField(db, actor, { field_id: a, direction: 'down' })
  assert.deepEqual(await names(actor), ['B', 'A'])
  assert.ok((await restoreField(db, actor, c)).ok)
  assert.deepEqual(await names(actor), ['B', 'C', 'A'])
  const moves = (await actions(actor)).filter((action) => action === 'field.moved')
  assert.equal(moves.length, 2)
})

test('a renamed field keeps its values; a stale change and a taken name are refused', async () => {
  const actor = await aMember(db)
  const license = await aLicense(db, actor)
  const field_id = await aField(actor, { name: 'Level', type: 'choice', choices: ['High', 'Low'], flags: ['shared'] })
  await aField(actor, { name: 'Owner' })
  await setFieldValues(db, actor, { license_ids: [license.id], values: { [field_id]: 'High' } })
  const change = { field_id, name: 'Criticality', choices: ['Low', 'Medium'], flags: [], revision: 1 }
  assert.deepEqual(await changeField(db, actor, change), { ok: true })
  assert.equal((await valuesOf(db, actor, license.id)).get(field_id), 'High')
  assert.deepEqual(await changeField(db, actor, { ...change, name: 'X' }), { ok: false, refusal: 'changed' })
  const taken = { ...change, name: 'owner', revision: 2 }
  assert.deepEqual(await changeField(db, actor, taken), { ok: false, refusal: 'name_taken' })
  assert.deepEqual(await changeField(db, actor, { ...change, revision: 2 }), { ok: true })
  const field = await getField(db, actor, field_id)
  assert.deepEqual(field, {
    id: field_id,
    name: 'Criticality',
    type: 'choice',
    choices: ['Low', 'Medium'],
    flags: [],
    revision: 2,
  })
  assert.equal((await actions(actor)).filter((action) => action === 'field.changed').length, 1)
})

test('a deleted field takes its values along and brings them back; after thirty days they are gone', async () => {
  const actor = await aMember(db)
  const license = await aLicense(db, actor)
  const field_id = await aField(actor, { name: 'Cost center' })
  await setFieldValues(db, actor, { license_ids: [license.id], values: { [field_id]: '4711' } })
  assert.equal(await countLicensesWith(db, actor, field_id), 1)
  await deleteField(db, actor, field_id)
  await deleteField(db, actor, field_id)
  assert.deepEqual(await names(actor), [])
  assert.deepEqual(
    (await listDeletedFields(db, actor)).map(({ id }) => id),
    [field_id],
  )
  await aField(actor, { name: 'cost center' })
  assert.deepEqual(await restoreField(db, actor, field_id), { ok: false, refusal: 'name_taken' })
  const later = (days: number) => ({ ...actor, now: new Date(actor.now.getTime() + days * 86_400_000) })
  await purgeDeletedFields(db, later(daysKept - 1).now)
  assert.equal(await countLicensesWith(db, actor, field_id), 1)
  const late = later(daysKept + 1)
  await assert.rejects(restoreField(db, late, field_id), code('not_found'))
  await purgeDeletedFields(db, late.now)
  await purgeDeletedFields(db, late.now)
  assert.equal(await countLicensesWith(db, actor, field_id), 0)
  assert.deepEqual(await names(actor), ['cost center'])
  assert.deepEqual(
    (await actions(actor)).filter((action) => /deleted|purged/.test(action)),
    ['field.deleted', 'field.purged'],
  )
})

test('only managers change fields and values; fields of others are as unknown as none', async () => {
  const [owner, stranger] = [await aMember(db), await aMember(db)]
  const field_id = await aField(owner)
  const definition = { name: 'X', choices: [], flags: [] }
  const acts: ((actor: Member, id: string) => Promise<unknown>)[] = [
    (actor, id) => changeField(db, actor, { ...definition, field_id: id, revision: 1 }),
    (actor, id) => moveField(db, actor, { field_id: id, direction: 'up' }),
    (actor, id) => deleteField(db, actor, id),
    (actor, id) => restoreField(db, actor, id),
    (actor, id) => setFieldValues(db, actor, { license_ids: [], values: { [id]: 'x' } }),
  ]
  for (const act of acts) {
    for (const role of ['viewer', 'downloader'] as const) {
      await assert.rejects(act(await aMember(db, role, owner), field_id), code('forbidden'))
    }
    for (const id of [field_id, crypto.randomUUID(), 'no id', "'; drop table x --"]) {
      await assert.rejects(act(stranger, id), code('not_found'))
    }
  }
  assert.deepEqual(await names(owner), ['Field 0'])
  await assert.rejects(
    addField(db, await aMember(db, 'downloader', owner), { ...definition, type: 'text' }),
    code('forbidden'),
  )
})

test('values go on many licenses at once; each refused one has its reason and stops no other', async () => {
  const [actor, other] = [await aMember(db), await aMember(db)]
  const licenses = await Promise.all(Array.from({ length: 5 }, () => aLicense(db, actor)))
  const ids = licenses.map(({ id }) => id)
  const foreign = await aLicense(db, other)
  const [owner, price] = [await aField(actor), await aField(actor, { type: 'number' })]
  await setFieldValues(db, actor, { license_ids: [ids[1]!], values: { [owner]: 'Åse' } })
  const input = {
    license_ids: [...ids, ids[0]!, foreign.id, 'nonsense', crypto.randomUUID()],
    values: { [owner]: 'Åse', [price]: null },
    revisions: { [ids[2]!]: 7, [ids[3]!]: 1 },
  }
  const expected = {
    ok: true,
    changed: [ids[0]!, ids[3]!, ids[4]!].sort(),
    unchanged: 1,
    refused: [
      { license_id: ids[2]!, refusal: 'changed' },
      ...input.license_ids.slice(6).map((license_id) => ({ license_id, refusal: 'not_found' })),
    ],
  }
  assert.deepEqual(await setFieldValues(db, actor, { ...input, dry_run: true }), expected)
  assert.equal(await countLicensesWith(db, actor, owner), 1)
  assert.deepEqual(await setFieldValues(db, actor, input), expected)
  assert.equal(await countLicensesWith(db, actor, owner), 4)
  const { rows } = await sql<{ id: string; revision: number }>`
      select id, revision from licenses where id = any(${ids}::uuid[])`.execute(db)
  const revisions = new Map(rows.map(({ id, revision }) => [id, revision]))
  assert.deepEqual(
    ids.map((id) => revisions.get(id)),
    [2, 2, 1, 2, 2],
  )
})

test('history says what each license had before and has after', async () => {
  const actor = await aMember(db)
  const license = await aLicense(db, actor)
  const field_id = await aField(actor, { name: 'Renewal', type: 'date' })
  const set = (value: string | null) =>
    setFieldValues(db, actor, { license_ids: [license.id], values: { [field_id]: value } })
  await set('2027-01-31')
  await set('2027-01-31')
  await set('2028-01-31')
  await set(null)
  const events = await db
    .selectFrom('events')
    .select(['details', 'organization_id'])
    .where('license_id', '=', license.id)
    .where('action', '=', 'license.fields_changed')
    .orderBy('chain_number')
    .execute()
  const change = (before: string | null, after: string | null) => ({
    organization_id: actor.organization_id,
    details: { fields: [{ field_id, name: 'Renewal', type: 'date', before, after }] },
  })
  assert.deepEqual(events, [
    { ...change(null, '2027-01-31') },
    { ...change('2027-01-31', '2028-01-31') },
    { ...change('2028-01-31', null) },
  ])
  assert.equal(await countLicensesWith(db, actor, field_id), 0)
})

test('what is no value of its field is refused for all licenses, and changes none', async () => {
  const actor = await aMember(db)
  const license = await aLicense(db, actor)
  const [date, level, owner] = [
    await aField(actor, { type: 'date' }),
    await aField(actor, { type: 'choice', choices: ['High'] }),
    await aField(actor, { flags: ['required'] }),
  ]
  const values = { [date]: '31/12/2027', [level]: 'Low', [owner]: null }
  assert.deepEqual(await setFieldValues(db, actor, { license_ids: [license.id], values }), {
    ok: false,
    problems: { [date]: 'date', [level]: 'choice', [owner]: 'required' },
  })
  assert.deepEqual([...(await valuesOf(db, actor, license.id))], [])
})

test('a thousand licenses take the statements of one', async () => {
  const actor = await aMember(db)
  const { id } = await aLicense(db, actor)
  const field_id = await aField(actor)
  await sql`insert into licenses (id, serial, product_version_id, kind, meter, quantity, customer_id, owner_id,
        registration_id, registered_at, created_at)
      select gen_random_uuid(), 'MANY-' || n, product_version_id, kind, meter, 1, customer_id, owner_id, registration_id,
        registered_at, created_at from licenses, generate_series(1, 1000) n where id = ${id}`.execute(db)
  const { rows } = await sql<{ id: string }>`select id from licenses where serial like 'MANY-%'`.execute(db)
  const license_ids = rows.map((row) => row.id)
  const done = await setFieldValues(db, actor, { license_ids, values: { [field_id]: 'x' } })
  assert.ok(done.ok && done.changed.length === 1000)
  assert.equal(await countLicensesWith(db, actor, field_id), 1000)
})

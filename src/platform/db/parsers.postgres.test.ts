import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { freshEmbedded, freshPostgres } from '../../../test/database.ts'

const everyType = sql`select
  42::int2 as int2, 42::int4 as int4, 9007199254740991::int8 as int8, count(*) as count, sum(1) as sum,
  1.10::numeric as numeric, 0.1::float8 as float8, true as bool, 'é漢'::text as text, null::int4 as nothing,
  '2026-02-28'::date as date, '2026-02-28 23:59:59.123+02'::timestamptz as timestamptz,
  '2026-02-28 23:59:59'::timestamp as timestamp, '1 year 2 days 03:04:05'::interval as interval,
  '\\x00ff'::bytea as bytea, '{"a": [1, null]}'::jsonb as jsonb, '"x"'::json as json,
  '018f0000-0000-7000-8000-000000000000'::uuid as uuid, '192.0.2.1'::inet as inet,
  array[1, 2]::int4[] as int4s, array[1, null]::int8[] as int8s, array['a', 'b,c', null]::text[] as texts,
  array['2026-01-01']::date[] as dates, array[1.50]::numeric[] as numerics,
  array['2026-01-01T00:00:00Z']::timestamptz[] as timestamptzs, array['\\x01']::bytea[] as byteas`

const expected = {
  int2: 42,
  int4: 42,
  int8: 9007199254740991,
  count: 1,
  sum: 1,
  numeric: '1.10',
  float8: 0.1,
  bool: true,
  text: 'é漢',
  nothing: null,
  date: '2026-02-28',
  timestamptz: new Date('2026-02-28T21:59:59.123Z'),
  timestamp: '2026-02-28 23:59:59',
  interval: '1 year 2 days 03:04:05',
  bytea: Buffer.from([0, 255]),
  jsonb: { a: [1, null] },
  json: 'x',
  uuid: '018f0000-0000-7000-8000-000000000000',
  inet: '192.0.2.1',
  int4s: [1, 2],
  int8s: [1, null],
  texts: ['a', 'b,c', null],
  dates: ['2026-01-01'],
  numerics: ['1.50'],
  timestamptzs: [new Date('2026-01-01T00:00:00Z')],
  byteas: [Buffer.from([1])],
}

for (const [engine, fresh] of Object.entries({ embedded: freshEmbedded, postgres: freshPostgres })) {
  test(`every type of column reads the same on ${engine}`, async (t) => {
    const { db } = await fresh(t)
    assert.deepEqual((await everyType.execute(db)).rows, [expected])
  })

  test(`every type of parameter is written the same on ${engine}`, async (t) => {
    const { db } = await fresh(t)
    const at = new Date('2026-07-01T12:00:00.5Z')
    const { rows } =
      await sql`select ${at}::timestamptz = '2026-07-01 12:00:00.5+00' as date, ${Buffer.from('é')}::bytea as bytes,
      ${{ a: [1] }}::jsonb as object, ${JSON.stringify([1, 'x'])}::jsonb as list, ${['a', 'b"c']}::text[] as texts,
      ${[1, 2]}::int4[] as numbers, ${'2026-07-01'}::date as day, ${null}::text as nothing, ${5n}::int8 as big`.execute(
        db,
      )
    assert.deepEqual(rows, [
      {
        date: true,
        bytes: Buffer.from('é'),
        object: { a: [1] },
        list: [1, 'x'],
        texts: ['a', 'b"c'],
        numbers: [1, 2],
        day: '2026-07-01',
        nothing: null,
        big: 5,
      },
    ])
  })

  test(`an integer that a number cannot hold is an error on ${engine}, not a wrong number`, async (t) => {
    const { db } = await fresh(t)
    await assert.rejects(sql`select 9007199254740993::int8`.execute(db), /9007199254740993 does not fit/)
    assert.deepEqual((await sql`select 1 as one`.execute(db)).rows, [{ one: 1 }])
  })

  test(`a session has the same settings on ${engine}`, async (t) => {
    const { db } = await fresh(t)
    const { rows } = await sql`select current_setting('TimeZone') as zone, current_setting('DateStyle') as date,
      current_setting('IntervalStyle') as interval, current_setting('server_encoding') as encoding`.execute(db)
    assert.deepEqual(rows, [{ zone: 'UTC', date: 'ISO, MDY', interval: 'postgres', encoding: 'UTF8' }])
  })

  test(`an error of SQL carries its code and constraint on ${engine}`, async (t) => {
    const { db } = await fresh(t)
    const row = { id: '018f0000-0000-7000-8000-000000000000', version: '1', published_at: new Date() }
    await db.insertInto('agreements').values(row).execute()
    await assert.rejects(db.insertInto('agreements').values(row).execute(), {
      code: '23505',
      constraint: 'agreements_pkey',
      table: 'agreements',
    })
  })
}

/** A license key is found by an index, however many there are, and whether there is such a key or not. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CompiledQuery, sql } from 'kysely'
import { freshPostgres } from '../../test/database.ts'
import { aMember } from '../../test/licenses.ts'
import { fillCatalog } from '../../test/many-licenses.ts'
import { type Plan, rowsOf } from '../../test/plans.ts'
import { dayOf } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { keysById, keysByText, printedKeysByText } from './queries.ts'

const growing = ['license_keys', 'licenses', 'rate_limits']

/** Of the tables that grow: products are few, and may be read whole. */
function rowsRead(plan: Plan): number {
  const below = (plan.Plans ?? []).reduce((sum, one) => sum + rowsRead(one), 0)
  return below + (growing.includes(plan['Relation Name'] ?? '') ? rowsOf(plan) : 0)
}

test('a question reads a few rows', async (t) => {
  const { db } = await freshPostgres(t)
  const now = new Date()
  const today = dayOf(now, 'UTC')
  await fillCatalog(db, { ...(await aMember(db)), now, today }, { licenses: 20_000, customers: 20 })
  await sql`update licenses set printed_key = 'PRINTED-' || serial where id in (select license_id from license_keys where scheme = 'file_host')`.execute(
    db,
  )
  await sql`update license_keys k set scheme = 'printed', host_type = null, host_id = null, key_text = l.printed_key
    from licenses l where l.id = k.license_id and k.scheme = 'file_host'`.execute(db)
  await sql`insert into rate_limits select n, 1, now() from generate_series(1, 10000) n`.execute(db)
  await sql`analyze`.execute(db)
  const { rows } = await sql<{ id: string; key_text: string; scheme: string }>`
    select distinct on (scheme) id, key_text, scheme from license_keys order by scheme, id`.execute(db)
  assert.deepEqual(rows.map(({ scheme }) => scheme).sort(), ['code', 'printed'])

  for (const { id, key_text, scheme } of rows) {
    const isCode = scheme === 'code'
    const asked = { text: key_text, network: '1', today }
    assert.deepEqual(await planOf(db, keysByText.compile(db, asked)), { found: isCode ? 1 : 0, few: true })
    assert.deepEqual(await planOf(db, printedKeysByText.compile(db, asked)), { found: isCode ? 0 : 1, few: true })
    assert.deepEqual(await planOf(db, keysById.compile(db, { id, today })), { found: 1, few: true })
  }
})

async function planOf(db: Db, { sql, parameters }: CompiledQuery): Promise<{ found: number; few: boolean }> {
  const explain = CompiledQuery.raw(`explain (analyze, timing off, format json) ${sql}`, [...parameters])
  const { rows } = await db.executeQuery<{ 'QUERY PLAN': [{ Plan: Plan }] }>(explain)
  const plan = rows[0]!['QUERY PLAN'][0].Plan
  return { found: plan['Actual Rows'], few: rowsRead(plan) < 5 }
}

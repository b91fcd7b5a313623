import type pg from 'pg'

/** What a database looked like right after migration. */
export type Fingerprint = { schema: string; tables: string[]; rows: string }

/** Changes with every table, column, index, function and trigger made or dropped. */
const schemaNow = `select concat_ws(' ',
  (select concat(count(*), '/', max(oid)) from pg_class where oid >= 16384 and relnamespace not in (select oid from pg_namespace where nspname like 'pg\\_%')),
  (select concat(count(*), '/', max(oid)) from pg_proc where oid >= 16384),
  (select concat(count(*), '/', max(oid)) from pg_constraint where oid >= 16384),
  (select concat(count(*), '/', max(oid)) from pg_trigger where oid >= 16384),
  (select count(*) from pg_attribute where attrelid >= 16384 and not attisdropped)) as schema`

const tablesNow = `select format('%I.%I', n.nspname, c.relname) as name
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema') order by 1`

/** Taken once, before a test touches the database. */
export async function fingerprintOf(pool: pg.Pool): Promise<Fingerprint> {
  const schema = await pool.query<{ schema: string }>(schemaNow)
  const tables = (await pool.query<{ name: string }>(tablesNow)).rows.map((row) => row.name)
  return { schema: schema.rows[0]!.schema, tables, rows: await hashOfFilled(pool, await filledOf(pool, tables)) }
}

/** Deletes what a test left. @returns false when the database cannot be what it was: schema or seeded rows changed. */
export async function emptyAgain(pool: pg.Pool, pristine: Fingerprint): Promise<boolean> {
  const schema = await pool.query<{ schema: string }>(schemaNow)
  if (schema.rows[0]!.schema !== pristine.schema) return false
  const seeded = JSON.parse(pristine.rows) as Record<string, string>
  const filled = await filledOf(pool, pristine.tables)
  const used = filled.filter((table) => !(table in seeded))
  const deletes = used.map((table) => `delete from ${table};`).join('\n')
  await pool.query(`begin; set local session_replication_role = replica; ${deletes} commit`)
  await restartSequences(pool)
  return (await hashOfFilled(pool, await filledOf(pool, pristine.tables))) === pristine.rows
}

async function filledOf(pool: pg.Pool, tables: string[]): Promise<string[]> {
  if (tables.length === 0) return []
  const probes = tables.map((table) => `select '${table}' as name where exists (select from ${table})`)
  const { rows } = await pool.query<{ name: string }>(probes.join(' union all '))
  return rows.map((row) => row.name).sort()
}

async function hashOfFilled(pool: pg.Pool, filled: string[]): Promise<string> {
  const hashes: Record<string, string> = {}
  for (const table of filled) {
    const { rows } = await pool.query(`select md5(string_agg(t::text, '|' order by t::text)) as hash from ${table} t`)
    hashes[table] = rows[0].hash
  }
  return JSON.stringify(hashes)
}

async function restartSequences(pool: pg.Pool): Promise<void> {
  await pool.query(`select setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
    from pg_sequences where last_value is not null`)
}

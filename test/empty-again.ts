import { createHash } from 'node:crypto'
import type pg from 'pg'

/** What a database looked like right after migration; `numbers` is quick to compare, `schema` exact. */
export type Fingerprint = { numbers: string; schema: string; tables: string[]; seeds: Map<string, string> }

/** Deleted rows keep their places until a vacuum, and every later test reads past them: a new database is cheaper. */
const mostRows = 10_000

/** Changes with every table, column, constraint, function and trigger made or dropped. */
const numbersNow = `select concat_ws(' ',
  (select concat(count(*), '/', max(oid)) from pg_class where oid >= 16384 and relkind <> 't'),
  (select concat(count(*), '/', max(oid)) from pg_constraint where oid >= 16384),
  (select concat(count(*), '/', max(oid)) from pg_trigger where oid >= 16384),
  (select concat(count(*), '/', max(oid)) from pg_proc where oid >= 16384),
  (select count(*) from pg_attribute where attrelid >= 16384 and not attisdropped)) as value`

/** What was made again the same is the same. */
const schemaNow = `select md5(string_agg(part, '|' order by part)) as value from (
  select concat_ws(' ', a.attrelid::regclass, a.attname, a.atttypid::regtype, a.attnotnull, a.atthasdef) as part
  from pg_attribute a join pg_class c on c.oid = a.attrelid
  where c.oid >= 16384 and c.relkind <> 't' and a.attnum > 0 and not a.attisdropped
  union all select concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid)) from pg_constraint where oid >= 16384
  union all select concat_ws(' ', tgrelid::regclass, tgname, tgenabled) from pg_trigger where not tgisinternal
  union all select concat_ws(' ', oid::regprocedure, md5(prosrc)) from pg_proc where oid >= 16384
) parts`

const tablesNow = `select format('%I.%I', n.nspname, c.relname) as name
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%' order by 1`

const restartSequences = `select setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
  from pg_sequences where last_value is not null`

/** Taken once, before a test touches the database. */
export async function fingerprintOf(pool: pg.Pool): Promise<Fingerprint> {
  const tables = (await pool.query<{ name: string }>(tablesNow)).rows.map((row) => row.name)
  const seeds = new Map<string, string>()
  for (const table of await filledOf(pool, tables)) seeds.set(table, await oneValue(pool, hashOf(table)))
  return { numbers: await oneValue(pool, numbersNow), schema: await oneValue(pool, schemaNow), tables, seeds }
}

/**
 * Deletes what a test left.
 * @returns false when another database is to be taken: schema or seeded rows changed, or very many rows were left.
 */
export async function emptyAgain(pool: pg.Pool, pristine: Fingerprint): Promise<boolean> {
  const numbers = await oneValue(pool, numbersNow)
  if (numbers !== pristine.numbers && (await oneValue(pool, schemaNow)) !== pristine.schema) return false
  pristine.numbers = numbers
  for (const [table, hash] of pristine.seeds) if ((await oneValue(pool, hashOf(table))) !== hash) return false
  const used = (await filledOf(pool, pristine.tables)).filter((table) => !pristine.seeds.has(table))
  const deletes = used.map((table) => `delete from ${table};`).join('\n')
  const all = `begin; set local session_replication_role = replica; ${deletes} commit; ${restartSequences}`
  const results = (await pool.query(all)) as unknown as pg.QueryResult[]
  return results.every(({ command, rowCount }) => command !== 'DELETE' || (rowCount ?? 0) < mostRows)
}

async function filledOf(pool: pg.Pool, tables: string[]): Promise<string[]> {
  if (tables.length === 0) return []
  const probes = tables.map((table) => `exists (select from ${table})`)
  const { rows } = await asked<{ flags: boolean[] }>(pool, `select array[${probes.join(', ')}] as flags`)
  return tables.filter((_, index) => rows[0]!.flags[index])
}

function hashOf(table: string): string {
  return `select md5(string_agg(t::text, '|' order by t::text)) as value from ${table} t`
}

async function oneValue(pool: pg.Pool, query: string): Promise<string> {
  const { rows } = await asked<{ value: string }>(pool, query)
  return rows[0]!.value
}

/** Planned once by a connection: planning takes longer than answering. */
function asked<T extends pg.QueryResultRow>(pool: pg.Pool, text: string): Promise<pg.QueryResult<T>> {
  return pool.query<T>({ name: createHash('md5').update(text).digest('hex'), text })
}

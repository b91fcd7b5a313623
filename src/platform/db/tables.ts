import type pg from 'pg'

/** A table as a backup sees it: a partitioned one once, without the columns that the database computes. */
export type Table = { name: string; columns: Column[] }
export type Column = { name: string; type: string }

/** Statistics of the job queue, in partitions that it makes by the day: worth nothing elsewhere. */
const leftOut = ['jobs.queue_stats', 'public.schema_migrations']

/** All tables of the database, in the order of their names; the names are quoted for SQL where they need it. */
export async function listTables(client: pg.ClientBase): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `select format('%I.%I', n.nspname, c.relname) as name,
       json_agg(json_build_object('name', quote_ident(a.attname), 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum)
         as columns
     from pg_class c
     join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where c.relkind in ('r', 'p') and not c.relispartition
       and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'
     group by 1 order by 1`,
  )
  return rows.filter((table) => !leftOut.includes(table.name))
}

/** How many rows each table has. */
export async function countRows(client: pg.ClientBase, tables: Table[]): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for (const { name } of tables) {
    const { rows } = await client.query<{ count: number }>(`select count(*) as count from ${name}`)
    counts.set(name, Number(rows[0]!.count))
  }
  return counts
}

/** Runs on one connection in a transaction whose statements may take any time and whose texts are the same anywhere. */
export async function inTransaction<T>(
  pool: pg.Pool,
  mode: string,
  work: (client: pg.ClientBase) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query(`begin ${mode}; set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0;
      set local timezone = 'UTC'; set local datestyle = 'ISO, MDY'; set local intervalstyle = 'postgres';
      set local bytea_output = 'hex'; set local extra_float_digits = 1`)
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}

import type pg from 'pg'
import type { Engine } from './engine.ts'

const minute = 60_000

/**
 * Does the work of the processes that PostgreSQL has and the embedded engine lacks: checkpointer and autovacuum.
 * Looks every few minutes, and once a night at everything. @returns how to stop.
 */
export function maintain(
  engine: Engine,
  pool: pg.Pool,
  onError: (error: unknown) => void,
  every = 4 * minute,
): () => void {
  let lastNight = new Date().toDateString()
  const look = async () => {
    await checkpoint(pool)
    const today = new Date()
    const isNight = today.getHours() >= 2 && today.toDateString() !== lastNight
    if (isNight) lastNight = today.toDateString()
    await vacuum(pool, isNight ? 'all' : 'needed')
  }
  const timer = setInterval(() => void engine.patiently(look).catch(onError), every)
  timer.unref()
  return () => clearInterval(timer)
}

/** Writing back what changed keeps the log short, and with it the recovery after a crash. */
async function checkpoint(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ written: boolean }>(
    `select pg_current_wal_insert_lsn() - redo_lsn > 1000000 as written from pg_control_checkpoint()`,
  )
  if (rows[0]?.written) await pool.query('checkpoint')
}

/** The thresholds are PostgreSQL's own. One statement a table, so that requests get their turn in between. */
export async function vacuum(pool: pg.Pool, which: 'all' | 'needed'): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, relname) as name from pg_stat_user_tables
     where $1 or n_dead_tup > 50 + 0.2 * n_live_tup or n_mod_since_analyze > 50 + 0.1 * n_live_tup
     order by relid`,
    [which === 'all'],
  )
  for (const { name } of rows) await pool.query(`vacuum (analyze) ${name}`)
  return rows.map((row) => row.name)
}

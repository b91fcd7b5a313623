import type pg from 'pg'
import { ConfigProblem } from '../secrets.ts'

/**
 * What every session on a server is told, so that the same SQL answers the same everywhere. Compiling a statement (jit)
 * takes longer than any statement of ours should run, and parallel workers read far past the end of a page. With the
 * cost that spinning disks had for a random page, PostgreSQL reads all customers again for each of five hundred
 * licenses rather than looking up the customer of each.
 */
const always = {
  TimeZone: 'UTC',
  DateStyle: 'ISO, MDY',
  IntervalStyle: 'postgres',
  client_min_messages: 'warning',
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  random_page_cost: '1.1',
}

/** As `pg_settings` shows them; `statementTimeout` in milliseconds. */
export function sessionSettings(statementTimeout: number): Record<string, string> {
  const timeout = String(statementTimeout)
  return { ...always, statement_timeout: timeout, idle_in_transaction_session_timeout: timeout }
}

/** The settings in the form of the start-up parameter `options`, where a space separates unless it is escaped. */
export function asStartupOptions(settings: Record<string, string>): string {
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value.replaceAll(' ', '\\ ')}`)
    .join(' ')
}

/**
 * Behind a pooler of transactions a client cannot tell its sessions anything that lasts: the role must have the settings.
 * @throws ConfigProblem with the SQL that gives it those it lacks.
 */
export async function mustHaveSettings(pool: pg.Pool, wanted: Record<string, string>): Promise<void> {
  const { rows } = await pool.query<{ name: string; setting: string; whom: string }>(
    `select name, setting, format('role %I in database %I', current_user, current_database()) as whom
     from pg_settings where name = any($1) order by name`,
    [Object.keys(wanted)],
  )
  const lacking = rows.filter(({ name, setting }) => setting !== wanted[name])
  if (lacking.length === 0) return
  const statements = lacking.map(({ name, whom }) => `alter ${whom} set ${name} = '${wanted[name]}';`)
  throw new ConfigProblem(
    `DATABASE_POOLER: the sessions behind it lack settings. Run this on the database, then RECONNECT on the pooler:\n${statements.join('\n')}`,
  )
}

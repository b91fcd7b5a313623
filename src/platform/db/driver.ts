import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type Kysely,
  PostgresDialect,
  PostgresDriver,
  type QueryResult,
  type TransactionSettings,
} from 'kysely'
import type pg from 'pg'
import { GuardedKysely, refuseInsideTransaction } from './guard.ts'
import { asUnavailable } from './unavailable.ts'

/** Kysely over a pool, with the guard against the outer handle in a transaction and errors of availability named. */
export function kyselyOver<DB>(pool: pg.Pool): Kysely<DB> {
  return new GuardedKysely<DB>({ dialect: new PoolDialect({ pool }), owner: pool, pool })
}

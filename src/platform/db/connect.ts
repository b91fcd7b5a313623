import pg from 'pg'
import { typeParsers } from './parsers.ts'
import { PreparingClient } from './preparing-client.ts'
import type { EngineSocket } from './wire.ts'

type OnLost = (error: Error) => void

/**
 * What both engines are told for every session, so that the same SQL answers the same on both. Compiling a statement
 * (jit) takes longer than any statement of ours should run, and parallel workers read far past the end of a page. With
 * the cost that spinning disks had for a random page, PostgreSQL reads all customers again for each of five hundred
 * licenses rather than looking up the customer of each.
 */
const sessionSettings =
  '-c TimeZone=UTC -c DateStyle=ISO,MDY -c IntervalStyle=postgres -c client_min_messages=warning -c jit=off ' +
  '-c max_parallel_workers_per_gather=0 -c random_page_cost=1.1'

/** A pool of one connection to an embedded engine, which has only one. */
export function poolOverEngine(connect: () => EngineSocket, connectTimeout = 0, onLost: OnLost = () => {}): pg.Pool {
  const config = {
    max: 1,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: connectTimeout,
    user: 'postgres',
    types: typeParsers,
    stream: connect,
  }
  return reporting(new pg.Pool(config as unknown as pg.PoolConfig), onLost)
}

/** How `poolOverServer` reaches the server; times in milliseconds. */
export type ServerOptions = {
  databaseUrl: string
  poolSize: number
  statementTimeout: number
  connectTimeout: number
  applicationName: string
}

/** A pool of connections to a PostgreSQL server; a connection lost while idle is reported, not thrown. */
export function poolOverServer(options: ServerOptions, onLost: OnLost): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.databaseUrl,
    max: options.poolSize,
    statement_timeout: options.statementTimeout,
    idle_in_transaction_session_timeout: options.statementTimeout,
    connectionTimeoutMillis: options.connectTimeout,
    application_name: options.applicationName,
    keepAlive: true,
    types: typeParsers,
    options: sessionSettings,
    Client: PreparingClient,
  })
  return reporting(pool, onLost)
}

/** A connection lost between two statements has nobody to throw to; without listeners it would end the process. */
function reporting(pool: pg.Pool, onLost: OnLost): pg.Pool {
  pool.on('error', onLost)
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

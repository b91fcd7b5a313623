import pg from 'pg'
import { typeParsers } from './parsers.ts'
import { EngineSocket, type Exchange } from './wire.ts'

/** What both engines are told for every session, so that the same SQL answers the same on both. */
const sessionSettings = '-c TimeZone=UTC -c DateStyle=ISO,MDY -c IntervalStyle=postgres -c client_min_messages=warning'

/** A pool of one connection to an embedded engine, which has only one. */
export function poolOverEngine(exchange: Exchange): pg.Pool {
  const config = {
    max: 1,
    idleTimeoutMillis: 0,
    user: 'postgres',
    types: typeParsers,
    stream: () => new EngineSocket(exchange),
  }
  return new pg.Pool(config as pg.PoolConfig)
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
export function poolOverServer(options: ServerOptions, onLost: (error: Error) => void): pg.Pool {
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
  })
  pool.on('error', onLost)
  return pool
}

import pg from 'pg'
import { typeParsers } from './parsers.ts'
import { PreparingClient } from './preparing-client.ts'
import { asStartupOptions, sessionSettings } from './session-settings.ts'
import type { EngineSocket } from './wire.ts'

type OnLost = (error: Error) => void

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
  /** A pooler is between that gives each transaction another session: nothing that belongs to a session is used. */
  pooled: boolean
}

/** A pool of connections to a PostgreSQL server; a connection lost while idle is reported, not thrown. */
export function poolOverServer(options: ServerOptions, onLost: OnLost): pg.Pool {
  const ofSessions = { options: asStartupOptions(sessionSettings(options.statementTimeout)), Client: PreparingClient }
  const pool = new pg.Pool({
    connectionString: options.databaseUrl,
    max: options.poolSize,
    connectionTimeoutMillis: options.connectTimeout,
    application_name: options.applicationName,
    keepAlive: true,
    types: typeParsers,
    ...(options.pooled ? {} : ofSessions),
  })
  return reporting(pool, onLost)
}

/** A connection lost between two statements has nobody to throw to; without listeners it would end the process. */
function reporting(pool: pg.Pool, onLost: OnLost): pg.Pool {
  pool.on('error', onLost)
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

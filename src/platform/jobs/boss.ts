import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import type pg from 'pg'
import { type ConstructorOptions, PgBoss } from 'pg-boss'
import type { Database } from '../db/index.ts'
import type { AnyJob } from './define-job.ts'
import { insertQueues } from './enqueue.ts'

/** Opens the library on our pool; migrations made its tables. It owns no connection besides the one that listens. */
export function openBoss(database: Database, options: Partial<ConstructorOptions> = {}): PgBoss {
  return new PgBoss({
    schema: 'jobs',
    db: {
      executeSql: (text, values) => database.pool.query(text, values),
      listen: (channel, onJob, onReconnect) => listen(database, channel, onJob, onReconnect),
    },
    backend: database.engine === 'embedded' ? 'pglite' : 'postgres',
    migrate: false,
    createSchema: false,
    reindex: false,
    monitorVacuum: false,
    flowIntervalSeconds: 3600,
    queueCacheIntervalSeconds: 300,
    ...options,
  })
}

/** Makes the queues of these jobs exist with their present settings. */
export async function prepareQueues(database: Database, jobs: AnyJob[]): Promise<void> {
  await sql`${insertQueues(jobs)} on conflict (name) do update set
    policy = excluded.policy, retry_limit = excluded.retry_limit, retry_delay = excluded.retry_delay,
    retry_backoff = excluded.retry_backoff, retry_delay_max = excluded.retry_delay_max,
    expire_seconds = excluded.expire_seconds, retention_seconds = excluded.retention_seconds,
    deletion_seconds = excluded.deletion_seconds, heartbeat_seconds = excluded.heartbeat_seconds,
    notify = excluded.notify`.execute(database.db)
}

type Listener = { close(): Promise<void> }

/** A lost notification costs only latency: the worker looks for due jobs by itself as well. */
function listen(database: Database, channel: string, onJob: (name: string) => void, onReconnect: () => void) {
  return database.engine === 'embedded'
    ? listenOnOnlyConnection(database.pool, channel, onJob)
    : listenOnOwnConnection(database.pool, channel, onJob, onReconnect)
}

async function listenOnOnlyConnection(
  pool: pg.Pool,
  channel: string,
  onJob: (name: string) => void,
): Promise<Listener> {
  const client = await pool.connect()
  const hear = (message: pg.Notification) => onJob(message.payload ?? '')
  client.on('notification', hear)
  await client.query(`listen ${channel}`).finally(() => client.release())
  return {
    close: async () => {
      client.removeListener('notification', hear)
    },
  }
}

/** Takes one connection out of the pool for as long as the worker lives, and another when the server drops it. */
async function listenOnOwnConnection(
  pool: pg.Pool,
  channel: string,
  onJob: (name: string) => void,
  onReconnect: () => void,
): Promise<Listener> {
  const closing = new AbortController()
  let client: pg.PoolClient | undefined

  const connect = async () => {
    const next = await pool.connect()
    next.on('notification', (message) => onJob(message.payload ?? ''))
    try {
      await next.query(`listen ${channel}`)
    } catch (error) {
      // The pool hands out connections whose end it has not heard of yet: one that is not given back is lost to it.
      next.release(true)
      throw error
    }
    if (closing.signal.aborted) return next.release(true)
    next.once('end', () => void reconnect())
    client = next
  }
  const reconnect = async () => {
    client?.release(true)
    client = undefined
    while (!closing.signal.aborted) {
      const connected = await connect().then(
        () => true,
        () => false,
      )
      if (connected) return onReconnect()
      await wait(1000, undefined, { signal: closing.signal, ref: false }).catch(() => {})
    }
  }

  await connect()
  return {
    close: async () => {
      closing.abort()
      client?.removeAllListeners('end')
      client?.release(true)
    },
  }
}

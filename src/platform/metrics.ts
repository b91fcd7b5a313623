import { sql } from 'kysely'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Database, Db } from './db/index.ts'
import { countJobs } from './jobs/failed-jobs.ts'

/** What the process counts, in the form that Prometheus reads. */
export type Metrics = {
  registry: Registry
  /** Seconds a request took, by route pattern (never the path, which names things), method and status. */
  requests: Histogram<'route' | 'method' | 'status'>
  /** In work, or still arriving: forms, and uploads, which are worked on meanwhile. */
  requests_running: Gauge<'kind'>
  requests_shed: Counter
}

/** Makes the counters of a process; asking for them reads the pool, and the outbox and the queue of the database. */
export function createMetrics(database: Database): Metrics {
  const registry = new Registry()
  const registers = [registry]
  watchPool(database, registers)
  watchMail(database, registers)
  watchJobs(database, registers)
  return {
    registry,
    requests: new Histogram({
      name: 'keyport_http_request_seconds',
      help: 'Time to the first byte of an answer',
      labelNames: ['route', 'method', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    requests_running: new Gauge({
      name: 'keyport_http_requests_running',
      help: 'Requests by what is done: work, a form that arrives, an upload',
      labelNames: ['kind'],
      registers,
    }),
    requests_shed: new Counter({
      name: 'keyport_http_requests_shed_total',
      help: 'Requests answered 503 because too many were in work',
      registers,
    }),
  }
}

function watchPool({ pool, engine }: Database, registers: Registry[]) {
  new Gauge({
    name: 'keyport_database_connections',
    help: 'Connections of the pool by state; waiting counts callers without one',
    labelNames: ['engine', 'state'],
    registers,
    collect() {
      this.set({ engine, state: 'idle' }, pool.idleCount)
      this.set({ engine, state: 'busy' }, pool.totalCount - pool.idleCount)
      this.set({ engine, state: 'waiting' }, pool.waitingCount)
    },
  })
}

function watchMail({ db }: Database, registers: Registry[]) {
  new Gauge({
    name: 'keyport_mails',
    help: 'Outgoing mails not delivered, by state; parked ones were refused for good',
    labelNames: ['state'],
    registers,
    /** Other figures stay readable while the database is away. */
    async collect() {
      this.reset()
      const counted = await countMails(db).catch(() => undefined)
      if (!counted) return
      this.set({ state: 'waiting' }, counted.waiting)
      this.set({ state: 'parked' }, counted.parked)
    },
  })
}

function watchJobs({ db }: Database, registers: Registry[]) {
  new Gauge({
    name: 'keyport_jobs',
    help: 'Jobs by kind and state; failed ones used up their tries, finished ones are kept for a while',
    labelNames: ['job', 'state'],
    registers,
    async collect() {
      this.reset()
      const counted = await countJobs(db).catch(() => [])
      for (const { name, state, count } of counted) this.set({ job: name, state }, count)
    },
  })
}

async function countMails(db: Db) {
  const { rows } = await sql<{ waiting: number; parked: number }>`
    select (select count(*) from mails where sent_at is null and parked_at is null) as waiting,
      (select count(*) from mails where parked_at is not null) as parked`.execute(db)
  return rows[0]
}

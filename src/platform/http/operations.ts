/** What a supervisor, a load balancer and Prometheus ask. */
import { createHash, timingSafeEqual } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { sql } from 'kysely'
import { urls } from '../../urls.ts'
import { readMigrations } from '../db/index.ts'
import { AppError } from '../errors.ts'
import type { Services } from '../services.ts'
import { allow } from './access.ts'
import type { PublicEnv } from './env.ts'

/** A process that was told to stop is alive, but wants no more requests. */
export type Readiness = {
  stopping: boolean
  /** Undefined where this process runs no worker. */
  worker: 'running' | 'stopped' | undefined
}

export function operationsWeb(services: Services, readiness: Readiness): Hono<PublicEnv> {
  const { healthz, readyz, metrics } = urls.operations
  return new Hono<PublicEnv>()
    .get(healthz.pattern, allow('anyone'), (c) => c.json({ status: 'ok' }))
    .get(readyz.pattern, allow('anyone'), async (c) => {
      const checks = { ...(await checkDatabase(services)), ...checkProcess(readiness) }
      const ready = Object.values(checks).every((outcome) => outcome === 'ok')
      return c.json({ status: ready ? 'ready' : 'not ready', checks }, ready ? 200 : 503)
    })
    .get(metrics.pattern, allow('anyone'), async (c) => {
      if (!maySeeMetrics(services, c)) throw new AppError('not_found')
      const { registry } = services.metrics
      return c.body(await registry.metrics(), 200, { 'content-type': registry.contentType })
    })
}

/** How long a probe waits for the database, in milliseconds. */
const patience = 2000

let newest: number | undefined

/** While nodes are replaced one by one, the database may be ahead of this release. */
async function checkDatabase(services: Services) {
  const late = new Promise<never>((_, reject) => setTimeout(reject, patience, new Error('late')).unref())
  try {
    const { rows } = await Promise.race([readApplied(services), late])
    newest ??= readMigrations().length
    return { database: 'ok', migrations: (rows[0]?.applied ?? 0) >= newest ? 'ok' : 'missing' }
  } catch {
    return { database: 'unavailable' }
  }
}

function readApplied({ db }: Services) {
  return sql<{ applied: number }>`select max(number) as applied from schema_migrations`.execute(db)
}

function checkProcess({ stopping, worker }: Readiness) {
  return {
    process: stopping ? 'stopping' : 'ok',
    ...(worker ? { worker: worker === 'running' ? 'ok' : worker } : {}),
  }
}

/** With a token whoever has it; without one only this machine, and not what a proxy on it passes on. */
function maySeeMetrics({ config }: Services, c: Context<PublicEnv>): boolean {
  const { address } = c.var
  const isPassedOn = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'].some(
    (name) => c.req.header(name) !== undefined,
  )
  if (!config.metrics_token) return !isPassedOn && (address === '::1' || address.startsWith('127.'))
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(c.req.header('authorization') ?? ''), digest(`Bearer ${config.metrics_token}`))
}

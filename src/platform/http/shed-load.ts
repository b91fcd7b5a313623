import type { MiddlewareHandler } from 'hono'
import { AppError } from '../errors.ts'
import type { Metrics } from '../metrics.ts'

/**
 * Refuses what comes in while `most` requests are in work. Answering some in time beats answering all too late: a
 * queue that only grows makes every caller wait until it gives up. The probes must answer under load, too.
 */
export function shedLoad(most: number, metrics: Metrics): MiddlewareHandler {
  let running = 0
  return async (c, next) => {
    if (running >= most && !probes.test(c.req.path)) {
      metrics.requests_shed.inc()
      throw new AppError('unavailable', 'too many requests in work', { retry_after: 1 })
    }
    metrics.requests_running.set(++running)
    try {
      await next()
    } finally {
      metrics.requests_running.set(--running)
    }
  }
}

const probes = /^\/(healthz|readyz|metrics)$/

import type { IncomingMessage } from 'node:http'
import type { Context, MiddlewareHandler } from 'hono'
import type { Gauge } from 'prom-client'
import { AppError } from '../errors.ts'
import type { Metrics } from '../metrics.ts'
import { formSize } from './body-limit.ts'
import type { PublicEnv } from './env.ts'
import { receiveForm, watchUpload } from './receive-body.ts'

/**
 * Refuses what comes in while `most` requests are in work. Answering some in time beats answering all too late: a
 * queue that only grows makes every caller wait until it gives up. The probes must answer under load, too.
 *
 * Whoever sends slowly must not hold up the others: a form takes its place among the requests in work when all of it
 * is here. Those that still arrive are counted apart, and no address may have more than a tenth of them. Larger bodies
 * are read while they are worked on: they are uploads, with few places of their own.
 */
export function shedLoad(most: number, metrics: Metrics): MiddlewareHandler<PublicEnv> {
  const refuse = () => {
    metrics.requests_shed.inc()
    throw new AppError('unavailable', 'too many requests', { retry_after: 1 })
  }
  const gauge = (kind: string) => metrics.requests_running.labels({ kind })
  const inWork = places(most, most, gauge('work'), refuse)
  const arriving = places(10 * most, most, gauge('form'), refuse)
  const uploading = places(Math.ceil(most / 4), Math.ceil(most / 10), gauge('upload'), refuse)
  return async (c, next) => {
    if (probes.test(c.req.path)) return next()
    const incoming = incomingOf(c)
    const length = incoming ? lengthOf(incoming) : 0
    if (incoming && length > formSize) return uploading(c.var.address, () => watchUpload(incoming, next))
    if (incoming && length > 0) await arriving(c.var.address, () => receiveForm(incoming, formSize))
    return inWork(c.var.address, next)
  }
}

const probes = /^\/(healthz|readyz|metrics)$/

/** Lets `most` run at once, and of one address no more than `each`. */
function places(most: number, each: number, gauge: Gauge.Internal<'kind'>, refuse: () => never) {
  const taken = new Map<string, number>()
  let running = 0
  return async <T>(address: string, work: () => Promise<T>): Promise<T> => {
    const own = taken.get(address) ?? 0
    if (running >= most || own >= each) refuse()
    taken.set(address, own + 1)
    gauge.set(++running)
    try {
      return await work()
    } finally {
      gauge.set(--running)
      const left = taken.get(address)! - 1
      if (left > 0) taken.set(address, left)
      else taken.delete(address)
    }
  }
}

/** Tests without a server hand over whole requests. */
function incomingOf(c: Context): IncomingMessage | undefined {
  return (c.env as { incoming?: IncomingMessage } | undefined)?.incoming
}

/** Bytes after the head. Browsers tell how many; a body whose length is not told may be as long as a form. */
function lengthOf({ headers }: IncomingMessage): number {
  return headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : formSize
}

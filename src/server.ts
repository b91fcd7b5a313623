/** The portal's process: listens, opens the services, answers, and ends in order. */
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import process from 'node:process'
import { getRequestListener } from '@hono/node-server'
import { collectDefaultMetrics } from 'prom-client'
import { createApp } from './app.ts'
import { runCommand } from './commands.ts'
import { jobs } from './jobs.ts'
import { ensureSigningKeys } from './keys/index.ts'
import { type Config, readConfig } from './platform/config.ts'
import { type Control, openControl } from './platform/control.ts'
import type { Readiness } from './platform/http/operations.ts'
import { startWorker, type Worker } from './platform/jobs/index.ts'
import { openServices, type Services } from './platform/services.ts'
import { untilStopped } from './platform/until-stopped.ts'

type Running = { services: Services; readiness: Readiness; worker: Worker | undefined; control: Control | undefined }

type Hooks = {
  /** Before the first request is answered. */
  prepare?(services: Services): Promise<void>
  /** When requests are answered. */
  ready?(services: Services): Promise<void>
}

/** Milliseconds. How long a body may take depends on its kind: `shedLoad` sees to that. */
const timeouts = { headersTimeout: 20_000, requestTimeout: 0, connectionsCheckingInterval: 5_000 }

/**
 * Runs the portal until SIGTERM or SIGINT, then finishes requests and jobs. @returns the exit code.
 * Listening comes first: a port in use is told before the database is touched.
 */
export async function serve(given: Config, hooks: Hooks = {}): Promise<number> {
  const stopped = untilStopped()
  let answer: RequestListener = answerNotYet
  const server = createServer(timeouts, (request, response) => answer(request, response))
  const config = await listen(server, given)
  const running = await open(config, hooks).catch((error) => {
    server.close()
    throw error
  })
  const { services, readiness } = running
  collectDefaultMetrics({ register: services.metrics.registry })
  answer = getRequestListener(createApp(services, readiness).fetch)
  services.log.info({ url: config.base_url, engine: services.database.engine, ms: uptime() }, 'ready')
  await hooks.ready?.(services)

  const signal = await stopped
  services.log.info({ signal }, 'stopping')
  readiness.stopping = true
  await close(server, running)
  return 0
}

async function open(config: Config, hooks: Hooks): Promise<Running> {
  const services = await openServices(config)
  try {
    await ensureSigningKeys(services.db, services.config)
    await hooks.prepare?.(services)
    const worker = config.worker ? await startWorker(services, jobs) : undefined
    const control = services.database.engine === 'embedded' ? await openControlOver(services) : undefined
    return { services, readiness: { stopping: false, worker: worker && 'running' }, worker, control }
  } catch (error) {
    await services.close()
    throw error
  }
}

function openControlOver(services: Services): Promise<Control> {
  return openControl(services.config, (argv, io) => runCommand(services, argv, io))
}

/** With PORT=0 the system chooses the port; the default BASE_URL follows it. */
async function listen(server: Server, config: Config): Promise<Config> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(config.port, config.host, resolve)
  })
  const { port } = server.address() as AddressInfo
  const base_url = config.base_url === 'http://localhost:0' ? `http://localhost:${port}` : config.base_url
  return { ...config, port, base_url }
}

const answerNotYet: RequestListener = (_request, response) => {
  const headers = { 'retry-after': '1', 'content-type': 'text/plain', connection: 'close' }
  response.writeHead(503, headers).end('starting\n')
}

/** Requests, jobs and commands end by themselves or after the bound, then the database closes. */
async function close(server: Server, { services, worker, control }: Running): Promise<void> {
  const seconds = services.config.shutdown_seconds
  await Promise.all([closeServer(server, seconds), worker?.stop({ seconds }), control?.close(seconds)])
  await services.close()
}

async function closeServer(server: Server, seconds: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  const idle = setInterval(() => server.closeIdleConnections(), 50)
  const late = setTimeout(() => server.closeAllConnections(), seconds * 1000)
  await closed
  clearInterval(idle)
  clearTimeout(late)
}

function uptime(): number {
  return Math.round(process.uptime() * 1000)
}

if (import.meta.main) {
  const given = readConfig(process.env)
  if (given.ok) process.exitCode = await serve(given.config)
  else {
    for (const problem of given.problems) console.error(`keyport: ${problem}`)
    process.exitCode = 78
  }
}

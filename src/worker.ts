/** A process that only runs jobs, for portals with several nodes. */
import { jobs } from './jobs.ts'
import type { Config } from './platform/config.ts'
import { startWorker } from './platform/jobs/index.ts'
import { openServices } from './platform/services.ts'
import { untilStopped } from './platform/until-stopped.ts'

/** Runs jobs until SIGTERM or SIGINT, then finishes the running ones. @returns the exit code. */
export async function work(config: Config): Promise<number> {
  const stopped = untilStopped()
  const services = await openServices(config)
  const worker = await startWorker(services, jobs)
  services.log.info('worker ready')

  const signal = await stopped
  services.log.info({ signal }, 'stopping')
  await worker.stop({ seconds: config.shutdown_seconds })
  await services.close()
  return 0
}

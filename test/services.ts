import { readConfig } from '../src/platform/config.ts'
import type { Database } from '../src/platform/db/index.ts'
import { createLog } from '../src/platform/log.ts'
import { createMetrics } from '../src/platform/metrics.ts'
import type { Services } from '../src/platform/services.ts'

/** What commands, jobs and the command line take, over a test's database and silent. */
export function testServices(database: Database, env: NodeJS.ProcessEnv = {}): Services {
  const read = readConfig({
    NODE_ENV: 'test',
    SECRET: 'a secret for tests, and only for those',
    LOG_LEVEL: process.env.TEST_LOG ?? 'silent',
    ...env,
  })
  if (!read.ok) throw new Error(read.problems.join('; '))
  return {
    config: read.config,
    log: createLog(read.config.log_level),
    database,
    db: database.db,
    metrics: createMetrics(database),
    migrated: [],
    close: () => database.close(),
  }
}

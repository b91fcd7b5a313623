import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { poolOverEngine } from '../src/platform/db/connect.ts'
import { Engine } from '../src/platform/db/engine.ts'
import type { Database } from '../src/platform/db/index.ts'
import { databaseOver } from '../src/platform/db/open-database.ts'
import { migratedTemplate } from '../src/platform/db/template.ts'
import { emptyAgain, type Fingerprint, fingerprintOf } from './empty-again.ts'
import { isIdle, lentPool } from './lent-pool.ts'

type Served = { engine: Engine; pool: pg.Pool; pristine: Fingerprint }

const idle: Served[] = []

/** The embedded engine as in production, but in memory: nothing of it reaches the disk. */
export async function takeEmbedded(): Promise<Database> {
  const served = idle.pop() ?? (await startEngine())
  let closing: Promise<void> | undefined
  const pool = lentPool(served.pool, () => closing !== undefined)
  return { ...databaseOver(pool, 'embedded'), close: () => (closing ??= putBack(served)) }
}

async function startEngine(): Promise<Served> {
  const engine = new Engine({ files: await migratedTemplate() })
  const pool = poolOverEngine(() => engine.connect())
  return { engine, pool, pristine: await fingerprintOf(pool) }
}

async function putBack(served: Served): Promise<void> {
  if (isIdle(served.pool) && (await emptyAgain(served.pool, served.pristine))) return void idle.push(served)
  await Promise.race([served.pool.end(), wait(10_000, undefined, { ref: false })])
  await served.engine.close()
}

import { poolOverEngine } from '../src/platform/db/connect.ts'
import { Engine } from '../src/platform/db/engine.ts'
import type { Database } from '../src/platform/db/index.ts'
import { databaseOver } from '../src/platform/db/open-database.ts'
import { migratedTemplate } from '../src/platform/db/template.ts'
import { emptyAgain, type Fingerprint, fingerprintOf } from './empty-again.ts'

type Served = { engine: Engine; pristine: Fingerprint }

const idle: Served[] = []

/** The embedded engine as in production, but in memory: nothing of it reaches the disk. */
export async function takeEmbedded(): Promise<Database> {
  const served = idle.pop() ?? (await startEngine())
  const pool = poolOverEngine(() => served.engine.connect())
  return databaseOver(pool, 'embedded', () => putBack(served))
}

async function startEngine(): Promise<Served> {
  const engine = new Engine({ files: await migratedTemplate() })
  const pool = poolOverEngine(() => engine.connect())
  const pristine = await fingerprintOf(pool)
  await pool.end()
  return { engine, pristine }
}

async function putBack(served: Served): Promise<void> {
  const pool = poolOverEngine(() => served.engine.connect())
  const empty = await emptyAgain(pool, served.pristine)
  await pool.end()
  if (empty) idle.push(served)
  else await served.engine.close()
}

import type { PGlite } from '@electric-sql/pglite'
import { poolOverEngine } from '../src/platform/db/connect.ts'
import type { Database } from '../src/platform/db/index.ts'
import { databaseOver } from '../src/platform/db/open-database.ts'
import { createInMemory, exchangeWith } from '../src/platform/db/pglite.ts'
import { migratedTemplate } from '../src/platform/db/template.ts'
import { emptyAgain, type Fingerprint, fingerprintOf } from './empty-again.ts'

type Engine = { lite: PGlite; pristine: Fingerprint }

const idle: Engine[] = []

/** An engine in this thread and in memory: nothing of it reaches the disk. */
export async function takeEmbedded(): Promise<Database> {
  const engine = idle.pop() ?? (await startEngine())
  return databaseOver(poolOverEngine(exchangeWith(engine.lite)), 'embedded', () => putBack(engine))
}

async function startEngine(): Promise<Engine> {
  const lite = await createInMemory(await migratedTemplate())
  const pool = poolOverEngine(exchangeWith(lite))
  const pristine = await fingerprintOf(pool)
  await pool.end()
  return { lite, pristine }
}

async function putBack(engine: Engine): Promise<void> {
  const pool = poolOverEngine(exchangeWith(engine.lite))
  const empty = await emptyAgain(pool, engine.pristine)
  await pool.end()
  if (empty) idle.push(engine)
  else await engine.lite.close()
}

import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { poolOverEngine } from './connect.ts'
import { Engine } from './engine.ts'
import { lockFolder } from './lock.ts'
import { maintain } from './maintain.ts'
import { forceToDisk, unpackTar } from './tar.ts'
import { migratedTemplate } from './template.ts'

/** Milliseconds; a statement over its time ends the engine, which then recovers. */
export type EmbeddedOptions = {
  folder: string
  statementTimeout: number
  connectTimeout: number
  onError: (error: unknown) => void
}

/**
 * Opens the embedded database in a folder, made from the migrated template when there is none.
 * @throws DatabaseInUse when another process has it open.
 */
export async function openEmbedded({ folder, statementTimeout, connectTimeout, onError }: EmbeddedOptions) {
  mkdirSync(dirname(folder), { recursive: true })
  const unlock = lockFolder(folder)
  try {
    if (!existsSync(join(folder, 'PG_VERSION'))) await create(folder)
    const engine = new Engine({ folder }, statementTimeout)
    await engine.start()
    const pool = poolOverEngine(() => engine.connect(), connectTimeout, onError)
    const stop = maintain(engine, pool, onError)
    const release = async () => {
      stop()
      await engine.close()
      unlock()
    }
    return { engine, pool, release }
  } catch (error) {
    unlock()
    throw error
  }
}

/** Renaming makes the folder appear whole or not at all, whenever the power fails. */
async function create(folder: string): Promise<void> {
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new Error(`${folder} is not empty, and not a database`)
  const draft = `${folder}.new`
  rmSync(draft, { recursive: true, force: true })
  await unpackTar(await migratedTemplate(), draft)
  renameSync(draft, folder)
  await forceToDisk([dirname(folder)])
}

import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { constants, cp } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type pg from 'pg'
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

export type Embedded = {
  engine: Engine
  pool: pg.Pool
  /** Opens a copy of this moment, beside the folder; releasing it removes it. */
  copy(): Promise<Embedded>
  /** Shuts down cleanly; the pool must have ended. */
  release(): Promise<void>
}

/**
 * Opens the embedded database in a folder, made from the migrated template when there is none.
 * @throws DatabaseLocked when another process has it open.
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { folder, onError } = options
  mkdirSync(dirname(folder), { recursive: true })
  const unlock = lockFolder(folder)
  try {
    if (!existsSync(join(folder, 'PG_VERSION'))) await create(folder)
    const engine = new Engine({ folder }, options.statementTimeout)
    await engine.start()
    const pool = poolOverEngine(() => engine.connect(), options.connectTimeout, onError)
    const stop = maintain(engine, pool, onError)
    const release = async () => {
      stop()
      await engine.close()
      unlock()
    }
    return { engine, pool, copy: () => copyOf(options, pool), release }
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

/** Holding the only connection keeps the files still while they are copied; requests wait that long, and no longer. */
async function copyOf(options: EmbeddedOptions, pool: pg.Pool): Promise<Embedded> {
  const folder = `${options.folder}.copy`
  const remove = () => {
    for (const path of [folder, `${folder}.lock`]) rmSync(path, { recursive: true, force: true })
  }
  remove()
  const client = await pool.connect()
  try {
    await client.query('checkpoint')
    await cp(options.folder, folder, { recursive: true, mode: constants.COPYFILE_FICLONE })
  } finally {
    client.release()
  }
  const copy = await openEmbedded({ ...options, folder })
  return { ...copy, release: () => copy.release().finally(remove) }
}

import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { constants, zstdCompress, zstdDecompress } from 'node:zlib'
import type pg from 'pg'
import type { DB } from '../../../db/types.ts'
import { projectRoot } from '../root.ts'
import { poolOverEngine } from './connect.ts'
import { kyselyOver } from './driver.ts'
import { hashOfMigrations, type Migration, migrate, readMigrations } from './migrate.ts'
import { EngineSocket, type Exchange } from './wire.ts'

const compress = promisify(zstdCompress)
const decompress = promisify(zstdDecompress)

/** Where `npm run build` puts the template; without it the first start makes one and keeps it in the cache. */
const builtFolder = join(projectRoot, 'dist')
const cacheFolder = join(projectRoot, 'node_modules', '.cache', 'keyport')

/**
 * The files of a freshly migrated embedded database, as a tar. Unpacking them takes a fifth of the time of creating
 * and migrating a database. Made once per set of migrations and version of PGlite, then read from disk.
 */
export async function migratedTemplate(migrations = readMigrations()): Promise<Uint8Array> {
  const name = fileNameOf(migrations)
  const file = [join(builtFolder, name), join(cacheFolder, name)].find((path) => existsSync(path))
  if (file) return decompress(readFileSync(file))

  const tar = await makeTemplate(migrations)
  await keep(join(cacheFolder, name), tar)
  return tar
}

/** Makes the template at build time, unless it is there. @returns the file's path. */
export async function buildTemplate(folder = builtFolder): Promise<string> {
  const migrations = readMigrations()
  const file = join(folder, fileNameOf(migrations))
  if (!existsSync(file)) await keep(file, await makeTemplate(migrations))
  return file
}

/** The files of one version of the engine are not promised to open in another: both name the template. */
function fileNameOf(migrations: Migration[]): string {
  const manifest = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'))
  return `embedded-${manifest.dependencies['@electric-sql/pglite']}-${hashOfMigrations(migrations)}.tar.zst`
}

/** PGlite is loaded only here and in the engine's thread: it takes a second and much memory. */
async function makeTemplate(migrations: Migration[]): Promise<Uint8Array> {
  const { makeDatabase } = await import('./pglite.ts')
  return makeDatabase(async (lite) => {
    const exchange: Exchange = (bytes, onRawData) =>
      lite.execProtocolRawStream(bytes, { onRawData: (answer) => onRawData(answer.slice()) })
    const pool = poolOverEngine(() => new EngineSocket(exchange))
    await migrate({ db: kyselyOver<DB>(pool), patiently: (work) => work() }, migrations)
    await dropTemplates(pool)
    await pool.query('vacuum (freeze, analyze)')
    await pool.end()
  })
}

/** Nobody creates databases here, and these are two thirds of the files: each costs time at every start. */
async function dropTemplates(pool: pg.Pool): Promise<void> {
  await pool.query('update pg_database set datistemplate = false')
  for (const name of ['template0', 'template1']) await pool.query(`drop database ${name}`)
}

/** Renaming makes it whole or absent for others; templates of other migrations go. A read-only place is no error. */
async function keep(file: string, tar: Uint8Array): Promise<void> {
  const level = { params: { [constants.ZSTD_c_compressionLevel]: 9 } }
  const bytes = await compress(tar, level)
  const folder = dirname(file)
  try {
    mkdirSync(folder, { recursive: true })
    const draft = `${file}.${randomUUID()}`
    writeFileSync(draft, bytes)
    for (const old of readdirSync(folder)) {
      if (/^embedded-.*\.tar\.zst$/.test(old)) rmSync(join(folder, old), { force: true })
    }
    renameSync(draft, file)
  } catch (error) {
    if (
      !(error instanceof Error && 'code' in error && ['EROFS', 'EACCES', 'EPERM', 'ENOSPC'].includes(`${error.code}`))
    )
      throw error
  }
}

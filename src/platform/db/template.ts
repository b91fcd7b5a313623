import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { constants, zstdCompress, zstdDecompress } from 'node:zlib'
import type { DB } from '../../../db/types.ts'
import { projectRoot } from '../root.ts'
import { poolOverEngine } from './connect.ts'
import { kyselyOver } from './driver.ts'
import { hashOfMigrations, type Migration, migrate, readMigrations } from './migrate.ts'
import { createInMemory, exchangeWith } from './pglite.ts'

const compress = promisify(zstdCompress)
const decompress = promisify(zstdDecompress)

/** Where `npm run build` puts the template; without it the first start makes one and keeps it in the cache. */
const builtFolder = join(projectRoot, 'dist')
const cacheFolder = join(projectRoot, 'node_modules', '.cache', 'keyport')

/**
 * The files of a freshly migrated embedded database, as an uncompressed tar. Loading them takes a fifth of the time
 * of creating and migrating a database. Made once per set of migrations and version of PGlite, then read from disk.
 */
export async function migratedTemplate(migrations = readMigrations()): Promise<Blob> {
  const name = fileNameOf(migrations)
  const file = [join(builtFolder, name), join(cacheFolder, name)].find((path) => existsSync(path))
  if (file) return new Blob([await decompress(readFileSync(file))])

  const tar = await makeTemplate(migrations)
  await keep(join(cacheFolder, name), tar)
  return tar
}

/** Makes the template at build time. @returns the file's path. */
export async function buildTemplate(folder = builtFolder): Promise<string> {
  const migrations = readMigrations()
  const file = join(folder, fileNameOf(migrations))
  await keep(file, await makeTemplate(migrations))
  return file
}

/** The files of one version of the engine are not promised to open in another: both name the template. */
function fileNameOf(migrations: Migration[]): string {
  const manifest = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'))
  return `embedded-${manifest.dependencies['@electric-sql/pglite']}-${hashOfMigrations(migrations)}.tar.zst`
}

async function makeTemplate(migrations: Migration[]): Promise<Blob> {
  const lite = await createInMemory()
  const pool = poolOverEngine(exchangeWith(lite))
  await migrate({ db: kyselyOver<DB>(pool) }, migrations)
  await pool.query('vacuum (freeze, analyze)')
  await pool.query('checkpoint')
  await pool.end()
  const tar = await lite.dumpDataDir('none')
  await lite.close()
  return tar
}

/** Renaming makes it whole or absent for others; templates of other migrations go. A read-only place is no error. */
async function keep(file: string, tar: Blob): Promise<void> {
  const level = { params: { [constants.ZSTD_c_compressionLevel]: 9 } }
  const bytes = await compress(new Uint8Array(await tar.arrayBuffer()), level)
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

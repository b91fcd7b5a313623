/** The disk of the embedded database fills up during an import, and is emptied again. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { someCatalog } from '../orders.ts'
import { aDataDir, keyport } from '../process.ts'
import { aCrowd } from './crowd.ts'
import { anEmbeddedPlace, type Scope } from './place.ts'
import { aSite } from './site.ts'
import { fill, orderLines } from './stock.ts'
import { findViolations } from './violations.ts'

export type DiskReport = { lines: number; refused: number; registrations: number }

const lines = 60_000

/** Mounts a small file system, which needs root. */
export async function trialOfFullDisk(t: Scope): Promise<DiskReport> {
  const disk = aDataDir({ after: () => {} })
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=80m', 'tmpfs', disk])
  t.after(() => void execFileSync('umount', ['--lazy', disk]))
  const place = await anEmbeddedPlace(join(disk, 'data'))
  const stock = await place.change(async (db) => {
    await someCatalog(db)
    return fill(db, { buyers: 2, each: 2000 })
  })
  const file = join(aDataDir(t), 'orders.csv')
  writeFileSync(file, orderLines(lines))
  const site = aSite(t, place)
  const errors: { status: number; retry_after: string | null }[] = []
  site.answered = ({ status, retry_after }) => {
    if (status >= 500) errors.push({ status, retry_after })
  }
  const crowd = aCrowd(site, stock, 2000)
  await site.start()
  await crowd.begin()

  const full = await keyport(['orders', 'import', file], place.env, place.data_dir)
  assert.equal(full.exit, 1)
  assert.match(full.stderr, /^keyport: .*(No space left|was ended|not available).*\n$/)
  // The engine starts again and gives space back; somebody else takes it.
  for (let n = 0; n < 20; n++) {
    takeAllOf(disk)
    await wait(100)
  }
  execFileSync('mount', ['-o', 'remount,size=500m', disk])

  const enough = site.confirmedSoFar.length + 4
  for (; site.confirmedSoFar.length < enough; await wait(50)) crowd.mustBeWell()
  const again = await keyport(['orders', 'import', file], place.env, place.data_dir)
  assert.equal(again.exit, 0, again.stderr)
  await crowd.stop()
  await site.stop()
  assert.deepEqual(await place.look((db) => findViolations(db, site.confirmedSoFar)), [])
  assert.deepEqual(
    errors.filter(({ status, retry_after }) => status !== 503 || !retry_after),
    [],
  )
  return { lines, refused: errors.length, registrations: site.confirmedSoFar.length }
}

/** Fills what is left of a disk, to the last byte. */
function takeAllOf(disk: string): void {
  const block = Buffer.alloc(64 * 1024)
  const ballast = openSync(join(disk, 'ballast'), 'a')
  try {
    for (;;) writeSync(ballast, block)
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, 'ENOSPC')
  } finally {
    closeSync(ballast)
  }
}

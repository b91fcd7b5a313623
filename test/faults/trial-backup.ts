/** R11: a backup taken under load, restored into an empty place of either engine. */
import assert from 'node:assert/strict'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Db } from '../../src/platform/db/index.ts'
import { aServer, keyport } from '../process.ts'
import { aCrowd } from './crowd.ts'
import { aPlace, type Engine, type Place, type Scope } from './place.ts'
import { aSite } from './site.ts'
import { fill } from './stock.ts'
import { findViolations } from './violations.ts'

export type BackupOptions = { engine: Engine; backups: number; buyers: number; each: number }
export type BackupReport = {
  engine: Engine
  backups: number
  rows: number[]
  registrations: number
  backup_ms: number[]
}

export async function trialOfBackups(t: Scope, options: BackupOptions): Promise<BackupReport> {
  const place = await aPlace(t, options.engine)
  const stock = await place.change((db) => fill(db, options))
  const site = aSite(t, place)
  const crowd = aCrowd(site, stock, options.each)
  await site.start()
  await crowd.begin()
  const rows: number[] = []
  const backup_ms: number[] = []
  for (let n = 0; n < options.backups; n++) {
    const enough = site.confirmedSoFar.length + options.buyers
    for (; site.confirmedSoFar.length < enough; await wait(20)) crowd.mustBeWell()
    const confirmed = [...site.confirmedSoFar]
    const file = join(place.data_dir, `backup-${n}`)
    assert.equal((await keyport(['audit', 'checkpoint'], place.env)).exit, 0)
    const begun = performance.now()
    const made = await keyport(['backup', file], place.env)
    backup_ms.push(Math.round(performance.now() - begun))
    assert.equal(made.exit, 0, made.stderr)
    rows.push(Number(/: (\d+) rows/.exec(made.stdout)![1]))
    await restoreBoth(t, place, file, confirmed, rows.at(-1)!)
  }
  await crowd.stop()
  await site.stop()
  const { engine, backups } = options
  return { engine, backups, rows, registrations: site.confirmedSoFar.length, backup_ms }
}

/** Everything that was confirmed before the backup began is in it, and it is of one moment: nothing in it is half done. */
async function restoreBoth(
  t: Scope,
  from: Place,
  file: string,
  confirmed: Parameters<typeof findViolations>[1],
  rows: number,
): Promise<void> {
  const contents: Record<string, string>[] = []
  for (const engine of ['embedded', 'postgres'] as const) {
    const to = await aPlace(t, engine)
    const restored = await keyport(['restore', file], to.env)
    assert.equal(restored.exit, 0, restored.stderr)
    assert.equal(Number(/^(\d+) rows/.exec(restored.stdout)![1]), rows)
    contents.push(await to.look(hashes))
    assert.deepEqual(await to.look((db) => findViolations(db, confirmed)), [])
    await serves(t, from, to)
  }
  assert.deepEqual(contents[0], contents[1], 'both engines hold the same rows')
}

/** The restored portal starts, with the secrets that are kept elsewhere, and finds every history whole. */
async function serves(t: Scope, from: Place, to: Place): Promise<void> {
  for (const name of ['secret', 'key-encryption-key']) cpSync(join(from.data_dir, name), join(to.data_dir, name))
  const audited = await keyport(['audit', 'verify'], to.env)
  assert.equal(audited.exit, 0, audited.stdout)
  const { child } = await aServer(t, to.env)
  child.kill('SIGKILL')
}

/** One hash a table, over its rows in one order; each database keeps its own list of migrations. */
async function hashes(db: Db): Promise<Record<string, string>> {
  const { rows: tables } = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('public', 'auth') and tablename <> 'schema_migrations' order by 1`.execute(db)
  const all: Record<string, string> = {}
  for (const { name } of tables) {
    const { rows } = await sql<{ hash: string }>`
      select count(*) || ' ' || coalesce(md5(string_agg(t::text, e'\n' order by t::text collate "C")), '') as hash
      from ${sql.raw(name)} t`.execute(db)
    all[name] = rows[0]!.hash
  }
  return all
}

import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { sql } from 'kysely'
import { freshEmbedded, freshPostgres } from '../../../test/database.ts'
import { testServices } from '../../../test/services.ts'
import { verifyHistory } from '../history/index.ts'
import { uuidv7 } from '../ids.ts'
import { backupDatabase, type Database, migrate, openDatabase, readMigrations, restoreDatabase } from './index.ts'
import { countRows, inTransaction, listTables } from './tables.ts'

const engines = { embedded: freshEmbedded, postgres: freshPostgres }
const organizations = 3_000

function aFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'keyport-backup-'))
  t.after(() => t.after(() => rmSync(folder, { recursive: true, force: true })))
  return folder
}

/** Rows with everything that a dump may get wrong: bytes, quotes, JSON null, null, arrays, microseconds, infinities, cycles. */
async function fill({ db }: Database): Promise<void> {
  await sql`insert into organizations (id, name, created_at)
    select gen_random_uuid(), 'Organization ' || i, now() from generate_series(1, ${organizations}::int) i`.execute(db)
  const at = sql<Date>`'2026-02-28 23:59:59.123456+02'::timestamptz`
  const product = uuidv7()
  await db
    .insertInto('products')
    .values({
      id: product,
      code: 'P-1',
      name: 'Tab\t, newline\n, "quotes", \\ backslash, {braces}, é漢🗝',
      kind: 'product',
      meter: 'device',
      key_scheme: 'file_host',
      host_types: ['mac', 'a"b,c\\'],
      fields_schema: sql`'null'::jsonb`,
      features: { seats: 5, big: 12345678901234567890n.toString(), nested: [null, true] },
      created_at: at,
    })
    .execute()
  await db
    .insertInto('signing_keys')
    .values({
      kid: 'k1',
      alg: 'EdDSA',
      public_jwk: { x: 'y' },
      private_key: Buffer.from([0, 1, 92, 255]),
      state: 'active',
      created_at: at,
      activated_at: sql`'infinity'`,
    })
    .execute()
  await db
    .insertInto('rate_limits')
    .values({ key: 'k', tokens: 0.1 + 0.2, refilled_at: at })
    .execute()
  await db
    .insertInto('events')
    .values({ id: uuidv7(), at, action: 'test.made', actor_kind: 'system', actor_name: 'test' })
    .execute()
  await fillLicenses({ db }, product)
}

/** A license that covers another with a greater id, and a pool key that refers to a license key made after it. */
async function fillLicenses({ db }: Pick<Database, 'db'>, product_id: string): Promise<void> {
  const [customer_id, product_version_id, first, second, pool_key, license_key] = Array.from(
    { length: 6 },
    uuidv7,
  ) as string[]
  const created_at = new Date()
  await db
    .insertInto('customers')
    .values({ id: customer_id!, number: '1', name: 'Buyer', country: 'FR', created_at })
    .execute()
  await db
    .insertInto('product_versions')
    .values({ id: product_version_id!, product_id, version: '1', released_on: '2026-01-01' })
    .execute()
  const license = {
    product_version_id: product_version_id!,
    customer_id: customer_id!,
    quantity: 1,
    created_at,
    meter: 'device',
    kind: 'product',
  } as const
  await db
    .insertInto('licenses')
    .values({ ...license, id: second!, serial: 'M0000000002' })
    .execute()
  await db
    .insertInto('licenses')
    .values({ ...license, id: first!, serial: 'M0000000001', covers_license_id: second! })
    .execute()
  for (const action of ['test.first', 'test.second']) {
    const details = JSON.stringify({ third: 1.5, text: 'é漢\u2028', large: 1e20 })
    const line = { id: uuidv7(), at: created_at, action, actor_kind: 'system', actor_name: 'test', details } as const
    await db
      .insertInto('events')
      .values({ ...line, license_id: first! })
      .execute()
  }
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('pool_keys')
      .values({ id: pool_key!, product_id, key_text: 'K', imported_at: created_at, license_key_id: license_key! })
      .execute()
    await trx
      .insertInto('license_keys')
      .values({
        id: license_key!,
        license_id: first!,
        scheme: 'pool',
        quantity: 1,
        key_text: 'K',
        issued_at: created_at,
      })
      .execute()
  })
}

/** One hash over all rows of each table, computed columns included. */
async function contentsOf({ pool }: Database): Promise<Record<string, string>> {
  return inTransaction(pool, 'read only', async (client) => {
    const contents: Record<string, string> = {}
    for (const { name } of await listTables(client)) {
      const { rows } = await client.query(
        `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text collate "C")), '') as hash from ${name} t`,
      )
      contents[name] = rows[0].hash
    }
    return contents
  })
}

for (const [from, freshSource] of Object.entries(engines)) {
  for (const [to, freshTarget] of Object.entries(engines)) {
    test(`a backup of ${from} restores into ${to}, to the last microsecond`, async (t) => {
      const [source, target, file] = [await freshSource(t), await freshTarget(t), join(aFolder(t), 'b')]
      await fill(source)
      const summary = await backupDatabase(source, file)
      assert.deepEqual(await restoreDatabase(target, file), summary)
      assert.deepEqual(await contentsOf(target), await contentsOf(source))
      const later = { id: uuidv7(), name: 'later', created_at: new Date() }
      await target.db.insertInto('organizations').values(later).execute()
      for await (const problem of verifyHistory(testServices(target))) assert.fail(JSON.stringify(problem))
      await assert.rejects(target.db.deleteFrom('events').execute(), /append-only/)
      await assert.rejects(target.db.deleteFrom('customers').execute(), { code: '23503' })
    })
  }
}

test('a backup is as of one moment, while others write', async (t) => {
  const [source, target, file] = [await freshPostgres(t), await freshEmbedded(t), join(aFolder(t), 'b')]
  await fill(source)
  let writing = true
  const pairs = async () => {
    while (writing) {
      const id = uuidv7()
      await source.db.transaction().execute(async (trx) => {
        await trx.insertInto('agreements').values({ id, version: id, published_at: new Date() }).execute()
        await trx.insertInto('agreement_texts').values({ agreement_id: id, locale: 'en', body: '' }).execute()
      })
    }
  }
  const writers = [pairs(), pairs(), pairs()]
  await backupDatabase(source, file)
  writing = false
  await Promise.all(writers)
  await restoreDatabase(target, file)
  const counts = await inTransaction(target.pool, 'read only', async (client) =>
    countRows(client, await listTables(client)),
  )
  assert.equal(counts.get('public.agreements'), counts.get('public.agreement_texts'))
})

test('an embedded database on disk serves requests while it is backed up', async (t) => {
  const folder = aFolder(t)
  const source = await openDatabase({ dataDir: join(folder, 'database') })
  t.after(() => source.close())
  await fill(source)
  const before = await contentsOf(source)
  const backup = backupDatabase(source, join(folder, 'b'))
  let served = 0
  let running = true
  backup.finally(() => (running = false)).catch(() => {})
  while (running) {
    await sql`select 1`.execute(source.db)
    served += 1
  }
  await backup
  assert.ok(served > 20, `${served} requests`)
  assert.deepEqual(readdirSync(folder).sort(), ['b', 'database', 'database.lock'])
  assert.equal(statSync(join(folder, 'b')).mode & 0o777, 0o600)
  const target = await freshEmbedded(t)
  await restoreDatabase(target, join(folder, 'b'))
  assert.deepEqual(await contentsOf(target), before)
})

test('a backup of an older release restores, and is brought up to date', async (t) => {
  const [source, target, file] = [await freshEmbedded(t), await freshPostgres(t), join(aFolder(t), 'b')]
  await fill(source)
  await backupDatabase(source, file)
  const known = readMigrations()
  const text = 'alter table organizations add column age int not null default 7'
  const newer = [...known, { number: known.length + 1, name: '9999_age', text, checksum: 'c' }]
  await migrate(target, newer)
  await restoreDatabase(target, file, newer)
  const { rows } = await sql`select age, count(*) as count from organizations group by age`.execute(target.db)
  assert.deepEqual(rows, [{ age: 7, count: organizations }])
  assert.deepEqual(await migrate(target, newer), [])
})

test('a database with rows in it is refused and left alone', async (t) => {
  const [source, target, file] = [await freshEmbedded(t), await freshEmbedded(t), join(aFolder(t), 'b')]
  await backupDatabase(source, file)
  await target.db.insertInto('agreements').values({ id: uuidv7(), version: '1', published_at: new Date() }).execute()
  await assert.rejects(restoreDatabase(target, file), {
    name: 'RestoreRefused',
    message: /not empty.*public\.agreements \(1\)/,
  })
  assert.equal((await target.db.selectFrom('agreements').selectAll().execute()).length, 1)
})

test('a backup that is damaged, cut short, of a newer release or none at all is refused, and nothing of it stays', async (t) => {
  const [source, target, folder] = [await freshEmbedded(t), await freshEmbedded(t), aFolder(t)]
  await fill(source)
  const good = join(folder, 'good')
  await backupDatabase(source, good)
  const bytes = readFileSync(good)
  const lines = zstdDecompressSync(bytes).toString().split('\n')
  const flipped = Buffer.from(bytes)
  flipped[bytes.length >> 1]! ^= 0x10
  const head = JSON.parse(lines[0]!)
  head.migrations.push({ name: '9999_future', checksum: '' })
  const lost = lines.findIndex((line) => line.startsWith('["'))
  const bad: Record<string, [Buffer, RegExp]> = {
    damaged: [flipped, /damaged/],
    short: [bytes.subarray(0, bytes.length - 40), /damaged|cut short/],
    unfinished: [zstdCompressSync(lines.slice(0, -2).join('\n')), /cut short/],
    rowless: [zstdCompressSync(lines.toSpliced(lost, 1).join('\n')), /should have \d+ rows/],
    newer: [
      zstdCompressSync([JSON.stringify(head), ...lines.slice(1)].join('\n')),
      /9999_future, which this release does not know/,
    ],
    text: [Buffer.from('hello'), /damaged, or not a backup/],
    other: [zstdCompressSync('{"a": 1}\n'), /not a backup/],
    empty: [Buffer.alloc(0), /not a backup|damaged/],
  }
  for (const [name, [content, reason]] of Object.entries(bad)) {
    writeFileSync(join(folder, name), content)
    await assert.rejects(restoreDatabase(target, join(folder, name)), { name: 'RestoreRefused', message: reason }, name)
    assert.deepEqual(await target.db.selectFrom('organizations').select('id').execute(), [], name)
  }
  await assert.rejects(restoreDatabase(target, join(folder, 'absent')), { code: 'ENOENT' })
  await restoreDatabase(target, good)
})

test('a backup that fails leaves the last one in place', async (t) => {
  const [source, folder] = [await freshEmbedded(t), aFolder(t)]
  const file = join(folder, 'b')
  writeFileSync(file, 'the last one')
  await sql`drop table schema_migrations`.execute(source.db)
  await assert.rejects(backupDatabase(source, file), /schema_migrations/)
  assert.deepEqual(readdirSync(folder), ['b'])
  assert.equal(readFileSync(file, 'utf8'), 'the last one')
})

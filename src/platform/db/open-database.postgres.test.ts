import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { sql } from 'kysely'
import { freshPostgres } from '../../../test/database.ts'
import { DatabaseUnavailable, type OpenOptions, openDatabase } from './index.ts'

const one = sql<{ one: number }>`select 1 as one`

async function opened(t: TestContext, databaseUrl: string, options: Partial<OpenOptions> = {}) {
  const database = await openDatabase({ databaseUrl, dataDir: '', ...options })
  t.after(() => database.close())
  return database
}

/** Stands before the server, so that a test can take the server away and bring it back. */
async function aProxy(t: TestContext, databaseUrl: string) {
  const target = new URL(databaseUrl)
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    const there = connect(Number(target.port), target.hostname)
    for (const each of [socket, there]) sockets.add(each.on('error', () => {}))
    socket.pipe(there).pipe(socket)
  })
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  }
  const stop = async () => {
    const closed = once(server, 'close')
    server.close()
    for (const socket of sockets) socket.destroy()
    await closed
  }
  await listen(0)
  const { port } = server.address() as AddressInfo
  t.after(() => t.after(stop))
  const url = new URL(databaseUrl)
  url.hostname = '127.0.0.1'
  url.port = String(port)
  return { url: url.href, stop, start: () => listen(port) }
}

test('a server that goes away is unavailable meanwhile, and used again as soon as it is back', async (t) => {
  const { databaseUrl } = await freshPostgres(t)
  const proxy = await aProxy(t, databaseUrl)
  const { db } = await opened(t, proxy.url, { poolSize: 4 })
  await Promise.all([1, 2, 3, 4].map(() => one.execute(db)))

  const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
  const { promise: gone, resolve: go } = Promise.withResolvers<void>()
  const cutOff = db.transaction().execute(async (trx) => {
    await trx
      .insertInto('agreements')
      .values({ id: crypto.randomUUID(), version: 'lost', published_at: new Date() })
      .execute()
    begin()
    await gone
    await one.execute(trx)
  })
  const running = sql`select pg_sleep(30)`.execute(db)
  const failed = Promise.all([
    assert.rejects(cutOff, DatabaseUnavailable),
    assert.rejects(running, DatabaseUnavailable),
  ])
  await begun
  await proxy.stop()
  go()
  await failed
  await assert.rejects(one.execute(db), (error: DatabaseUnavailable) => {
    assert.ok(error instanceof DatabaseUnavailable)
    assert.equal(error.code, 'unavailable')
    assert.ok(error.retry_after! > 0)
    return true
  })

  await proxy.start()
  assert.deepEqual((await one.execute(db)).rows, [{ one: 1 }])
  assert.deepEqual(await db.selectFrom('agreements').selectAll().execute(), [])
})

test('connections that the server ends, idle or in a transaction, end no process and are replaced', async (t) => {
  const { db: admin, databaseUrl } = await freshPostgres(t)
  const { db } = await opened(t, databaseUrl, { poolSize: 3, applicationName: 'to be ended' })
  const endAll = () =>
    sql`select pg_terminate_backend(pid, 1000) from pg_stat_activity where application_name = 'to be ended'`.execute(
      admin,
    )
  await Promise.all([1, 2, 3].map(() => one.execute(db)))
  await endAll()
  assert.deepEqual((await one.execute(db)).rows, [{ one: 1 }])

  const inTransaction = db.transaction().execute(async (trx) => {
    await one.execute(trx)
    await endAll()
    await one.execute(trx)
  })
  await assert.rejects(inTransaction, DatabaseUnavailable)
  assert.deepEqual((await one.execute(db)).rows, [{ one: 1 }])
})

test('when every connection is taken, waiting ends as unavailable', async (t) => {
  const { databaseUrl } = await freshPostgres(t)
  const { db } = await opened(t, databaseUrl, { poolSize: 1, connectTimeout: 200 })
  const { promise: held, resolve: release } = Promise.withResolvers<void>()
  const holder = db.transaction().execute(() => held)
  await assert.rejects(one.execute(db), DatabaseUnavailable)
  release()
  await holder
  assert.deepEqual((await one.execute(db)).rows, [{ one: 1 }])
})

test('a statement over its time is cancelled by the server', async (t) => {
  const { databaseUrl } = await freshPostgres(t)
  const { db } = await opened(t, databaseUrl, { statementTimeout: 100 })
  await assert.rejects(sql`select pg_sleep(10)`.execute(db), { code: '57014' })
})

test('an address where no server listens is unavailable', async (t) => {
  const { db } = await opened(t, 'postgres://postgres@127.0.0.1:1/postgres')
  await assert.rejects(one.execute(db), DatabaseUnavailable)
})

test('the administrator of the server sees who is connected', async (t) => {
  const { databaseUrl } = await freshPostgres(t)
  const { db } = await opened(t, databaseUrl)
  const { rows } = await sql`select current_setting('application_name') as name`.execute(db)
  assert.deepEqual(rows, [{ name: 'keyport' }])
})

import { createHash, randomBytes } from 'node:crypto'
import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { poolOverServer } from '../src/platform/db/connect.ts'
import { type Database, migrate, openDatabase, readMigrations } from '../src/platform/db/index.ts'
import { hashOfMigrations } from '../src/platform/db/migrate.ts'
import { databaseOver } from '../src/platform/db/open-database.ts'
import { emptyAgain, type Fingerprint, fingerprintOf } from './empty-again.ts'
import { isIdle, lentPool } from './lent-pool.ts'

/** Its connections stay open from test to test: a new one costs the server more than most tests do. */
type Served = { name: string; pool: pg.Pool; pristine: Fingerprint }
/** `pg` has these, its types do not. */
type Admin = pg.Client & { ref(): void; unref(): void }
type Server = { admin: Admin; run: string; template: string }

const serverUrl = process.env.TEST_POSTGRES_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres'
const day = 86_400

const idle = new Map<number, Served[]>()
let server: Promise<Server> | undefined
let made = 0
let atWork = 0

/** A copy of the migrated template database, or one that an earlier test is done with. */
export async function takePostgres(connections: number): Promise<Database & { databaseUrl: string }> {
  server ??= connect()
  const { admin, run, template } = await server
  const served =
    idle.get(connections)?.pop() ??
    (await working(admin, () => createFrom(admin, template, `keyport_test_${run}_${++made}`, connections)))
  let closing: Promise<void> | undefined
  const pool = lentPool(served.pool, () => closing !== undefined)
  const close = () => (closing ??= working(admin, () => putBack(admin, served)))
  return { ...databaseOver(pool, 'postgres'), databaseUrl: urlOf(served.name), close }
}

async function putBack(admin: pg.Client, served: Served): Promise<void> {
  const { name, pool } = served
  if (isIdle(pool) && (await emptyAgain(pool, served.pristine))) return keep(served)
  await Promise.race([pool.end(), wait(10_000, undefined, { ref: false })])
  await drop(admin, name)
}

function keep(served: Served): void {
  const size = served.pool.options.max
  idle.set(size, [...(idle.get(size) ?? []), served])
}

/** The advisory locks of this session tell other runs that this one lives, and which template it uses. */
async function connect(): Promise<Server> {
  const admin = new pg.Client({ connectionString: serverUrl, application_name: 'keyport tests' }) as Admin
  await admin.connect().catch((error) => {
    throw new Error(
      `the tests need a PostgreSQL server at ${serverUrl} (${error.message}). Start one, or set TEST_POSTGRES_URL to ` +
        'a superuser of one, for example: docker run -e POSTGRES_HOST_AUTH_METHOD=trust -p 5432:5432 postgres:15',
      { cause: error },
    )
  })
  const run = randomBytes(6).toString('hex')
  await admin.query('select pg_advisory_lock($1)', [lockOf(run)])
  const template = await prepareTemplate(admin)
  await dropLeftovers(admin)
  admin.unref()
  process.once('beforeExit', () => void leave(admin, run))
  return { admin, run, template }
}

/** One template per set of migrations, made by whoever comes first while the others wait. */
async function prepareTemplate(admin: pg.Client): Promise<string> {
  const migrations = readMigrations()
  const name = `keyport_template_${hashOfMigrations(migrations)}`
  await admin.query('select pg_advisory_lock($1)', [lockOf(`making ${name}`)])
  await admin.query('select pg_advisory_lock_shared($1)', [lockOf(name)])
  const found = await admin.query('select 1 from pg_database where datname = $1', [name])
  if (found.rowCount === 0) {
    const draft = `${name}_draft`
    await drop(admin, draft)
    await admin.query(`create database ${draft}`)
    const database = await openDatabase({ databaseUrl: urlOf(draft), dataDir: '', poolSize: 1 })
    await migrate(database, migrations)
    await database.close()
    await admin.query(`alter database ${draft} rename to ${name}`)
  }
  await admin.query('select pg_advisory_unlock($1)', [lockOf(`making ${name}`)])
  return name
}

async function createFrom(admin: pg.Client, template: string, name: string, poolSize: number): Promise<Served> {
  await admin.query(`create database ${name} template ${template} strategy wal_log`)
  // Nothing here must outlive the server: no test waits for the disk.
  await admin.query(`alter database ${name} set synchronous_commit = off`)
  const times = { statementTimeout: 30_000, connectTimeout: 5_000 }
  const server = { databaseUrl: urlOf(name), poolSize, ...times, pooled: false, applicationName: 'keyport tests' }
  const pool = poolOverServer(server, () => {})
  // What waits for the next test holds up no end of the process.
  pool.options.allowExitOnIdle = true
  return { name, pool, pristine: await fingerprintOf(pool) }
}

/** Test databases of runs that ended without `leave`, and templates that nobody used for a day. */
async function dropLeftovers(admin: pg.Client): Promise<void> {
  const { rows } = await admin.query<{ name: string; age: number }>(`
    select datname as name, extract(epoch from now() - (pg_stat_file('base/' || oid || '/PG_VERSION', true)).modification)::int as age
    from pg_database where datname ~ '^keyport_(test|template)_'`)
  for (const { name, age } of rows) {
    const isTemplate = name.startsWith('keyport_template_')
    if (isTemplate && age < day) continue
    const owner = lockOf(isTemplate ? name.replace(/_draft$/, '') : name.split('_')[2]!)
    const { rows: tried } = await admin.query('select pg_try_advisory_lock($1) as dead', [owner])
    if (!tried[0].dead) continue
    await drop(admin, name)
    await admin.query('select pg_advisory_unlock($1)', [owner])
  }
}

async function leave(admin: Admin, run: string): Promise<void> {
  admin.ref()
  await Promise.all([...idle.values()].flat().map(({ pool }) => pool.end()))
  idle.clear()
  const { rows } = await admin.query<{ name: string }>(
    'select datname as name from pg_database where starts_with(datname, $1)',
    [`keyport_test_${run}_`],
  )
  for (const { name } of rows) await drop(admin, name)
  await admin.end()
}

/** The idle session does not keep the process alive; its work must. */
async function working<T>(admin: Admin, work: () => Promise<T>): Promise<T> {
  atWork += 1
  admin.ref()
  try {
    return await work()
  } finally {
    atWork -= 1
    if (atWork === 0) admin.unref()
  }
}

async function drop(admin: pg.Client, name: string): Promise<void> {
  await admin.query(`drop database if exists ${name} with (force)`)
}

function urlOf(database: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${database}`
  return url.href
}

/** A 48-bit number for an advisory lock, from a name. */
function lockOf(name: string): number {
  return createHash('sha256').update(`keyport ${name}`).digest().readUIntBE(0, 6)
}

/**
 * S7: online validation of codes over HTTP on PostgreSQL, 16 connections, beside a Hono handler that does one prepared
 * SELECT, alternating; both are processes of their own over the same database. And of signed keys, whose signature is
 * verified first.
 * Usage: node --import ./tools/tsx.ts bench/validate.ts [--full | --check]
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { makeSignedKey } from '../src/keys/index.ts'
import { projectRoot } from '../src/platform/root.ts'
import { anIssuing } from '../test/issuing.ts'
import { aMember } from '../test/licenses.ts'
import { fillCatalog } from '../test/many-licenses.ts'
import { answersPerSecond, postOf } from './load.ts'
import { cpuMilliseconds, median, productionOnPostgres, startPortal, stopPortal } from './processes.ts'
import { atLeast, report, sizeOfRun } from './report.ts'

const { licenses, rounds, requests } = sizeOfRun({
  check: { licenses: 200, rounds: 1, requests: 50 },
  small: { licenses: 20_000, rounds: 15, requests: 2_000 },
  full: { licenses: 1_000_000, rounds: 31, requests: 4_000 },
})
const ports = { portal: 3981, bare: 3982 }
const connections = 16
const path = '/api/v1/validate'

const production = await productionOnPostgres()
const { db, env } = production
const now = new Date()
await fillCatalog(db, { ...(await aMember(db)), now }, { licenses, customers: Math.min(1000, licenses / 10) })
const asked = { code: await codeQuestions(), signed: await signedQuestions() }
await sql`analyze`.execute(db)
const portal = await startPortal(ports.portal, env)
const bare = await startBare(env.DATABASE_URL)

type Way = 'code' | 'signed' | 'bare'
const speeds: Record<Way, number[]> = { code: [], signed: [], bare: [] }
const costs: Record<Way, number[]> = { code: [], signed: [], bare: [] }
for (let round = -2; round < rounds; round++) {
  const order: Way[] = round % 2 === 0 ? ['code', 'bare', 'signed'] : ['bare', 'code', 'signed']
  for (const way of order) await measure(way, round >= 0)
}
bare.kill()
await stopPortal(portal)
await production.close()

const each = (way: Way) => `${Math.round(median(speeds[way]))} a second, ${median(costs[way]).toFixed(3)} ms CPU each`
const work = (what: string) => `online validation of ${what}, ${licenses} in the database, ${connections} connections`
const ratio = median(speeds.code.map((speed, n) => speed / speeds.bare[n]!))
console.log(`medians of ${rounds} rounds of ${requests} requests; CPU is that of the answering process`)
const limit = `${each('bare')}, Hono handler with one prepared SELECT`
report({ id: 'S7', work: work('codes'), figure: each('code'), limit, ratio, target: atLeast(0.6, ratio) })
const signed_ratio = median(speeds.signed.map((speed, n) => speed / speeds.bare[n]!))
report({ id: 'S7', work: work('signed keys'), figure: each('signed'), limit, ratio: signed_ratio })

async function measure(way: Way, counts: boolean): Promise<void> {
  const [port, child] = way === 'bare' ? [ports.bare, bare] : [ports.portal, portal.child]
  const before = cpuMilliseconds(child.pid!)
  const right = way === 'bare' ? '"ok":true' : '"status":"valid"'
  const questions = way === 'signed' ? asked.signed : asked.code
  const speed = await answersPerSecond(port, questions, connections, (answer) => answer.includes(right))
  if (!counts) return
  speeds[way].push(speed)
  costs[way].push((cpuMilliseconds(child.pid!) - before) / questions.length)
}

/** Keys all over the database. */
async function codeQuestions(): Promise<Buffer[]> {
  const { rows } = await sql<{ key_text: string }>`
    select k.key_text from license_keys k join licenses l on l.id = k.license_id
    where k.scheme = 'code' and l.revoked_at is null and l.starts_on is null order by md5(k.id::text) limit ${requests}`.execute(
    db,
  )
  return repeated(rows.map(({ key_text }) => postOf(path, { key: key_text })))
}

/** Keys that were signed, a hundred of them, by the key that the portal will find. */
async function signedQuestions(): Promise<Buffer[]> {
  const { signer } = await anIssuing(db)
  const { rows } = await sql<{ id: string; serial: string }>`
    select k.id, l.serial from license_keys k join licenses l on l.id = k.license_id
    where k.scheme = 'file_host' and l.revoked_at is null and l.starts_on is null order by k.id limit 100`.execute(db)
  await sql`update license_keys set scheme = 'signed', host_type = null, host_id = null
    where id = any(${rows.map(({ id }) => id)}::uuid[])`.execute(db)
  const keys = await Promise.all(rows.map(({ id, serial }) => makeSignedKey(signer, claimsOf(id, serial))))
  return repeated(keys.map((key) => postOf(path, { key })))
}

function claimsOf(jti: string, serial: string) {
  return {
    ...{ slf: 1, iss: 'https://vendor.example', jti, iat: Math.floor(now.getTime() / 1000), serial },
    ...{ product: { code: 'KP-1', name: 'Keyport Suite', version: '1.0' }, kind: 'product', quantity: 1 },
    ...{ meter: 'device', licensee: { name: 'ACME Research S.A.' }, features: { export: true }, warn_days: 30 },
  }
}

function repeated(questions: Buffer[]): Buffer[] {
  if (questions.length === 0) throw new Error('no keys to ask about')
  return Array.from({ length: requests }, (_, n) => questions[n % questions.length]!)
}

async function startBare(databaseUrl: string): Promise<ChildProcess> {
  const argv = [join(projectRoot, 'bench/one-select.ts'), String(ports.bare)]
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...argv], {
    env: { PATH: process.env.PATH ?? '', DATABASE_URL: databaseUrl, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  for (let tries = 0; tries < 500; tries++) {
    const up = await fetch(`http://127.0.0.1:${ports.bare}`, { method: 'POST', body: '{"key":""}' }).catch(() => {})
    if (up) return child
    await wait(20)
  }
  throw new Error('the bare handler does not answer')
}

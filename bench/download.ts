/**
 * A file of 256 MB (--full: 2 GB) downloaded through the portal on PostgreSQL by a signed link, against nginx with
 * sendfile on the same file, alternating in one run; then the catalog page while 200 slow downloads run, and the
 * memory that they and an upload in parts of 1 GB (--full: 10 GB) take.
 * Usage: node --import ./tools/tsx.ts bench/download.ts [--full]; needs curl, and nginx for the comparison
 */
import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process'
import { randomFillSync } from 'node:crypto'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { createOperator, findMemberByEmail } from '../src/accounts/index.ts'
import { acceptTerms } from '../src/downloads/accept-terms.ts'
import { linkTo } from '../src/downloads/download-link.ts'
import { systemActor } from '../src/platform/actor.ts'
import { readConfig } from '../src/platform/config.ts'
import { partSize } from '../src/platform/storage/index.ts'
import { memberOf } from '../test/licenses.ts'
import { fillCatalog } from '../test/many-licenses.ts'
import { anAccount, password } from '../test/portal.ts'
import { aRelease } from '../test/releases.ts'
import { median, newDataDir, productionOnPostgres, residentMegabytes, startPortal, stopPortal } from './processes.ts'
import { atLeast, report, sizeOfRun } from './report.ts'

const { megabytes, uploaded, rounds } = sizeOfRun({
  check: { megabytes: 8, uploaded: 16, rounds: 1 },
  small: { megabytes: 256, uploaded: 1024, rounds: 7 },
  full: { megabytes: 2048, uploaded: 10_240, rounds: 9 },
})
const [fileSize, uploadSize] = [megabytes * 1024 ** 2, uploaded * 1024 ** 2]
const ports = { portal: 3118, nginx: 3119 }
const run = promisify(execFile)
const folder = newDataDir()
const production = await productionOnPostgres()
const env = {
  ...production.env,
  NODE_ENV: 'development',
  DATA_DIR: folder.DATA_DIR,
  BASE_URL: `http://127.0.0.1:${ports.portal}`,
}
const { db } = production
const read = readConfig(env)
if (!read.ok) throw new Error(read.problems.join('\n'))
const { config } = read

const account = await anAccount({ db }, 'ada@acme.example')
await createOperator(db, systemActor('bench'), { email: 'op@vendor.example', name: 'Op', role: 'catalog', password })
const member = (await findMemberByEmail(db, account.email, new Date()))!
await fillCatalog(db, memberOf(account), { licenses: 10_000, customers: 50 })
const { link, storage_key, release_id } = await publish()
const portal = await startPortal(ports.portal, env)
const nginx = startNginx(join(folder.DATA_DIR, 'files', storage_key))
try {
  await compareSpeed()
  await compareUnderLoad()
  await upload()
} finally {
  nginx?.kill('SIGTERM')
  await stopPortal(portal)
  await production.close()
  folder.remove()
}

/** A release of a product that the member has an active license of, by the commands; the file is made as large here. */
async function publish() {
  const license = await db
    .selectFrom('licenses as l')
    .innerJoin('product_versions as v', 'v.id', 'l.product_version_id')
    .innerJoin('products as p', 'p.id', 'v.product_id')
    .select(['p.code', 'v.version'])
    .where('l.owner_id', '=', member.organization_id)
    .where('l.registered_at', 'is not', null)
    .where('l.revoked_at', 'is', null)
    .where('l.superseded_at', 'is', null)
    .where('l.ends_on', 'is', null)
    .where('l.starts_on', 'is', null)
    .executeTakeFirstOrThrow()
  const bytes = Buffer.alloc(Math.min(fileSize, 1024 ** 3))
  randomFillSync(bytes)
  const files = [{ name: 'large.iso', bytes }]
  const { release_id, file_ids } = await aRelease(
    { db, config },
    { product: license.code, version: license.version, files },
  )
  const { terms_id } = await db.selectFrom('releases').select('terms_id').executeTakeFirstOrThrow()
  await acceptTerms(db, member, { release_id, terms_id: terms_id!, locale: 'en' })
  const file = await db.selectFrom('release_files').select('storage_key').executeTakeFirstOrThrow()
  return { link: linkTo(config, member, { id: file_ids[0]!, name: 'large.iso' }), ...file, release_id }
}

function startNginx(file: string): ChildProcess | undefined {
  if (spawnSync('nginx', ['-v']).status !== 0) return undefined
  const root = join(folder.DATA_DIR, 'nginx')
  mkdirSync(root)
  for (let at = file; at !== '/tmp' && at !== '/'; at = join(at, '..')) chmodSync(at, 0o755)
  const settings = `daemon off; worker_processes 1; user root; pid ${root}/pid; error_log ${root}/error.log;
    events {} http { access_log off; sendfile on; tcp_nopush on; client_body_temp_path ${root}/a; proxy_temp_path ${root}/b;
      fastcgi_temp_path ${root}/c; uwsgi_temp_path ${root}/d; scgi_temp_path ${root}/e;
      server { listen 127.0.0.1:${ports.nginx}; location = /large.iso { alias ${file}; } } }`
  writeFileSync(join(root, 'nginx.conf'), settings)
  return spawn('nginx', ['-c', join(root, 'nginx.conf')], { stdio: 'inherit' })
}

/** Bytes a second, as curl counts them; wrong sizes end the benchmark. */
async function speedOf(address: string): Promise<number> {
  const { stdout } = await run('curl', [
    '-sS',
    '-o',
    '/dev/null',
    '-w',
    '%{http_code} %{size_download} %{speed_download}',
    address,
  ])
  const [status, size, speed] = stdout.split(' ')
  if (status !== '200' || Number(size) < fileSize / 2) throw new Error(`${address} answered ${stdout}`)
  return Number(speed)
}

async function compareSpeed(): Promise<void> {
  const speeds = { portal: [] as number[], nginx: [] as number[] }
  for (let round = -1; round < rounds; round++) {
    const portal = await speedOf(link)
    const bare = nginx ? await speedOf(`http://127.0.0.1:${ports.nginx}/large.iso`) : Number.NaN
    if (round < 0) continue
    speeds.portal.push(portal)
    speeds.nginx.push(bare)
  }
  const [ours, bare] = [median(speeds.portal), median(speeds.nginx)]
  const mb = (value: number) => `${Math.round(value / 1e6)} MB/s`
  report({
    id: 'files',
    work: `download of ${Math.round(Math.min(fileSize, 1024 ** 3) / 1024 ** 2)} MB from a warm file cache, medians of ${rounds}`,
    figure: mb(ours),
    ...(nginx && { limit: `${mb(bare)}, nginx with sendfile`, ratio: ours / bare, target: atLeast(0.7, ours / bare) }),
  })
}

async function signIn(email: string): Promise<string> {
  const url = `http://127.0.0.1:${ports.portal}`
  const body = new URLSearchParams({ email, password })
  const answer = await fetch(`${url}/login`, { method: 'POST', body, headers: { origin: url }, redirect: 'manual' })
  if (answer.status !== 303) throw new Error(`signing in answered ${answer.status}`)
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
}

async function compareUnderLoad(): Promise<void> {
  const cookie = await signIn(account.email)
  const alone = await pageTimes(cookie)
  const before = residentMegabytes(portal.child.pid!)
  const slow = Array.from({ length: 200 }, () => spawn('curl', ['-s', '-o', '/dev/null', '--limit-rate', '50k', link]))
  await wait(5000)
  const running = slow.filter(({ exitCode }) => exitCode === null).length
  const loaded = await pageTimes(cookie)
  const memory = residentMegabytes(portal.child.pid!)
  for (const child of slow) child.kill()
  if (running !== 200) throw new Error(`${running} of 200 downloads are running`)
  report({
    id: 'files',
    work: `catalog page beside 200 slow downloads, memory ${Math.round(before)} MB before and ${Math.round(memory)} MB then`,
    figure: `${loaded.toFixed(1)} ms`,
    limit: `${alone.toFixed(1)} ms, alone`,
    ratio: loaded / alone,
  })
}

async function pageTimes(cookie: string): Promise<number> {
  const times: number[] = []
  for (let n = 0; n < 60; n++) {
    const began = performance.now()
    const answer = await fetch(`http://127.0.0.1:${ports.portal}/licenses`, { headers: { cookie } })
    const page = await answer.text()
    if (page.split('<tr').length < 50) throw new Error(`the catalog answered ${answer.status}`)
    if (n >= 10) times.push(performance.now() - began)
  }
  return median(times)
}

/** Over HTTP in parts, as the script of the page does; the checksum is that of what was sent. */
async function upload(): Promise<void> {
  const url = `http://127.0.0.1:${ports.portal}`
  const cookie = await signIn('op@vendor.example')
  const headers = { cookie, origin: url, accept: 'application/json' }
  const facts = { platform: 'any', language: '', countries: '', name: 'huge.iso', size: String(uploadSize), sha256: '' }
  const ask = async (path: string, body: BodyInit, type?: string) => {
    const answer = await fetch(`${url}${path}`, {
      method: 'POST',
      body,
      headers: { ...headers, ...(type && { 'content-type': type }) },
    })
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
    return (await answer.json()) as Record<string, string>
  }
  const begun = await ask(`/admin/releases/${release_id}/uploads`, new URLSearchParams(facts))
  const part = new Uint8Array(partSize)
  const before = residentMegabytes(portal.child.pid!)
  let most = before
  const began = performance.now()
  for (let at = 0; at < uploadSize; at += partSize) {
    randomFillSync(part, 0, 1024)
    await ask(
      `${begun.part}?offset=${at}`,
      part.subarray(0, Math.min(partSize, uploadSize - at)),
      'application/octet-stream',
    )
    most = Math.max(most, residentMegabytes(portal.child.pid!))
  }
  await ask(begun.finish!, '')
  const seconds = (performance.now() - began) / 1000
  report({
    id: 'files',
    work: `upload of ${uploaded} MB in parts of 8 MB, hashed, durable, signed; memory ${Math.round(before)} MB before`,
    figure: `${Math.round(uploadSize / seconds / 1e6)} MB/s, ${Math.round(most)} MB at most`,
  })
}

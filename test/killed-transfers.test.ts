/** A portal killed with SIGKILL while a file comes in and while one goes out: both go on, and nothing half is published. */
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { urls } from '../src/urls.ts'
import { aDataDir, aServer, exitOf, keyport, startKeyport } from './process.ts'

const size = 48_000_000
const of = ['--product', 'HARBOR-GATEWAY', '--version', '2026.2']
const names = { product: 'HARBOR-GATEWAY', version: '2026.2' }

test('uploads and downloads survive kill -9', { timeout: 180_000 }, async (t) => {
  const DATA_DIR = aDataDir(t)
  const env = { DATA_DIR, LOG_LEVEL: 'warn' }
  const bytes = randomBytes(size)
  writeFileSync(join(DATA_DIR, 'gateway.iso'), bytes)
  const run = (...argv: string[]) => keyport(['releases', ...argv], env, DATA_DIR)
  const upload = ['upload', 'gateway.iso', ...of, '--platform', 'any']

  const first = await aServer(t, env, ['serve', '--demo'])
  assert.equal((await run('create', ...of, '--released-on', '2026-01-02')).exit, 0)
  await killDuringUpload(t, first.child, ['releases', ...upload], env, DATA_DIR)
  assert.deepEqual(
    filesOf(DATA_DIR).filter((name) => name.endsWith('.iso')),
    [],
  )

  const second = await aServer(t, env, ['serve', '--demo'])
  assert.match((await run('publish', ...of)).stderr, /no file that is not published/)
  const resumed = await run(...upload)
  assert.equal(resumed.exit, 0, resumed.stderr)
  assert.ok(resumed.stdout.includes(createHash('sha256').update(bytes).digest('hex')), resumed.stdout)
  const began = Number(/(\d+) %/.exec(resumed.stdout)?.[1])
  assert.ok(began > 20, `went on at ${began} %`)
  assert.equal((await run('publish', ...of)).exit, 0)

  const link = await linkFor(second.url)
  const half = await readUntilKilled(second, link)
  assert.ok(half.byteLength > 0 && half.byteLength < size, String(half.byteLength))
  const third = await aServer(t, env, ['serve', '--demo'])
  const rest = await fetch(at(third.url, link), {
    headers: { range: `bytes=${half.byteLength}-`, 'if-range': etagOf(bytes) },
  })
  assert.equal(rest.status, 206)
  const whole = Buffer.concat([half, Buffer.from(await rest.arrayBuffer())])
  assert.equal(etagOf(whole), etagOf(bytes))
})

const etagOf = (bytes: Uint8Array) => `"${createHash('sha256').update(bytes).digest('hex')}"`
const at = (url: string, link: string) => new URL(new URL(link).pathname, url)
const filesOf = (DATA_DIR: string) => readdirSync(join(DATA_DIR, 'files', 'releases'), { recursive: true }).map(String)

type Server = Awaited<ReturnType<typeof aServer>>

/** The command works inside the server; it is killed when a part or more have come, and not all. */
async function killDuringUpload(
  t: TestContext,
  server: Server['child'],
  argv: string[],
  env: Record<string, string>,
  cwd: string,
) {
  const sender = await startKeyport(argv, env, cwd)
  t.after(() => void sender.kill('SIGKILL'))
  await new Promise<void>((resolve) => {
    sender.stdout!.on('data', (text) => /[3-9]\d %/.test(String(text)) && resolve())
  })
  server.kill('SIGKILL')
  await exitOf(server)
  await exitOf(sender)
}

async function linkFor(url: string): Promise<string> {
  const headers = { origin: url }
  const login = new URLSearchParams({ email: 'ingrid@halden.example', password: 'ferry-lantern-42' })
  const entered = await fetch(`${url}${urls.accounts.signIn.to()}`, {
    method: 'POST',
    body: login,
    headers,
    redirect: 'manual',
  })
  const cookie = entered.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const page = async () => (await fetch(`${url}${urls.software.release.to(names)}`, { headers: { cookie } })).text()
  const terms = /name="terms" value="([^"]+)"/.exec(await page())![1]!
  const body = new URLSearchParams({ decision: 'accept', read: 'on', terms })
  await fetch(`${url}${urls.software.terms.to(names)}`, {
    method: 'POST',
    body,
    headers: { ...headers, cookie },
    redirect: 'manual',
  })
  return /href="(http[^"]+\/downloads\/[^"]+)"/.exec(await page())![1]!
}

async function readUntilKilled({ child, url }: Server, link: string): Promise<Buffer> {
  const answer = await fetch(at(url, link))
  assert.equal(answer.status, 200)
  const reader = answer.body!.getReader()
  const got: Uint8Array[] = [(await reader.read()).value!]
  child.kill('SIGKILL')
  await exitOf(child)
  await wait(50)
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) got.push(next.value)
  } catch {
    // The connection ended with the server: what came before counts.
  }
  return Buffer.concat(got)
}

import assert from 'node:assert/strict'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { aDataDir, aServer, exitOf, keyport } from './process.ts'

test('while the server runs on the embedded engine, commands run inside it; without it, alone', async (t) => {
  const DATA_DIR = aDataDir(t)
  const { child } = await aServer(t, { DATA_DIR })
  const inside = await keyport(['signing-keys', 'list'], { DATA_DIR })
  assert.equal(inside.exit, 0, inside.stderr)
  assert.match(inside.stdout, /^active /m)
  const refused = await keyport(['operator', 'create', '--email', 'nonsense'], { DATA_DIR })
  assert.equal(refused.exit, 2)

  child.kill('SIGTERM')
  assert.equal(await exitOf(child), 0)
  assert.equal(existsSync(join(DATA_DIR, 'control.sock')), false)
  const alone = await keyport(['signing-keys', 'list'], { DATA_DIR })
  assert.deepEqual([alone.exit, alone.stdout], [0, inside.stdout])
})

test('a command works again after the server was killed', async (t) => {
  const DATA_DIR = aDataDir(t)
  const { child } = await aServer(t, { DATA_DIR })
  child.kill('SIGKILL')
  await exitOf(child)
  assert.ok(existsSync(join(DATA_DIR, 'control.sock')))
  assert.equal((await keyport(['migrate'], { DATA_DIR })).exit, 0)
})

test('a second server on the same embedded database is refused in one line', async (t) => {
  const DATA_DIR = aDataDir(t)
  await aServer(t, { DATA_DIR })
  const second = await keyport(['serve'], { DATA_DIR, PORT: '0' })
  assert.equal(second.exit, 1)
  assert.match(second.stderr, /^keyport: another Keyport process is using the database .*\n$/)
})

test('a port in use is told before the database is touched', async (t) => {
  const { port } = await aServer(t, { DATA_DIR: aDataDir(t) })
  const DATA_DIR = join(aDataDir(t), 'new')
  const second = await keyport(['serve'], { DATA_DIR, PORT: String(port) })
  assert.equal(second.exit, 1)
  assert.match(second.stderr, /^keyport: .*address already in use.*\n$/)
  assert.equal(existsSync(DATA_DIR), false)
})

test('SIGTERM lets a running request finish, then ends the process', async (t) => {
  const { child, port } = await aServer(t, { DATA_DIR: aDataDir(t) })
  const socket = connect(port, '127.0.0.1')
  const answer: string[] = []
  socket.on('data', (chunk) => answer.push(String(chunk)))
  const body = 'locale=fr&back=%2Flogin'
  const head = 'POST /preferences/language HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n'
  const type = 'Content-Type: application/x-www-form-urlencoded\r\n'
  socket.write(`${head}${type}Content-Length: ${body.length}\r\n\r\nlocale=`)
  await wait(200)
  child.kill('SIGTERM')
  await wait(200)
  await assert.rejects(fetch(`http://127.0.0.1:${port}/healthz`))
  assert.equal(child.exitCode, null)
  socket.write(body.slice('locale='.length))
  assert.equal(await exitOf(child), 0)
  assert.match(answer.join(''), /^HTTP\/1\.1 303 See Other/)
})

test('a request that never ends is cut off after the bound; asking twice ends at once', async (t) => {
  const hold = (port: number) =>
    connect(port, '127.0.0.1')
      .on('error', () => {})
      .write('POST /login HTTP/1.1\r\nHost: x\r\n')
  const bounded = await aServer(t, { DATA_DIR: aDataDir(t), SHUTDOWN_SECONDS: '1' })
  hold(bounded.port)
  await wait(100)
  bounded.child.kill('SIGTERM')
  assert.equal(await exitOf(bounded.child), 0)

  const patient = await aServer(t, { DATA_DIR: aDataDir(t), SHUTDOWN_SECONDS: '600' })
  hold(patient.port)
  await wait(100)
  patient.child.kill('SIGTERM')
  await wait(1200)
  assert.equal(patient.child.exitCode, null)
  patient.child.kill('SIGTERM')
  assert.equal(await exitOf(patient.child), 143)
})

test('a wrong configuration is told line by line, with exit code 78', async (t) => {
  const DATA_DIR = aDataDir(t)
  const wrong = await keyport(['serve'], { DATA_DIR, PORT: 'eighty', KEY_ENCRYPTION_KEY: 'short' })
  assert.equal(wrong.exit, 78)
  assert.match(wrong.stderr, /^keyport: PORT: .*\nkeyport: KEY_ENCRYPTION_KEY: needs 32 bytes in base64\n/)
  const bare = await keyport(['serve'], { DATA_DIR, NODE_ENV: 'production' })
  assert.equal(bare.exit, 78)
  for (const name of ['SECRET', 'BASE_URL', 'SMTP_URL', 'KEY_ENCRYPTION_KEY']) assert.ok(bare.stderr.includes(name))
  const key = await keyport(['serve'], { DATA_DIR, PORT: '0', KEY_ENCRYPTION_KEY_FILE: '/nowhere/key' })
  assert.equal(key.exit, 78)
  assert.match(key.stderr, /^keyport: KEY_ENCRYPTION_KEY_FILE: ENOENT.*\n$/)
})

test('help and unknown commands', async () => {
  const help = await keyport(['--help'], {})
  assert.equal(help.exit, 0)
  assert.match(help.stdout, /keyport serve .*\n[\s\S]*keyport verify /)
  const unknown = await keyport(['constructor'], {})
  assert.equal(unknown.exit, 2)
  assert.match(unknown.stderr, /^keyport: there is no command constructor\n/)
})

test('outside production secrets are made once, for the owner only', async (t) => {
  const DATA_DIR = join(aDataDir(t), 'data')
  assert.equal((await keyport(['migrate'], { DATA_DIR })).exit, 0)
  const read = () => ['secret', 'key-encryption-key'].map((name) => readFileSync(join(DATA_DIR, name), 'utf8'))
  const made = read()
  assert.equal(statSync(DATA_DIR).mode & 0o777, 0o700)
  assert.equal(statSync(join(DATA_DIR, 'secret')).mode & 0o777, 0o600)
  assert.equal((await keyport(['migrate'], { DATA_DIR })).exit, 0)
  assert.deepEqual(read(), made)
})

test('a database that cannot be reached is told in one line', async (t) => {
  const gone = await keyport(['migrate'], {
    DATA_DIR: aDataDir(t),
    DATABASE_URL: 'postgres://postgres@127.0.0.1:1/none',
  })
  assert.equal(gone.exit, 1)
  assert.match(gone.stderr, /^keyport: the database is not available: .*\n$/)
})

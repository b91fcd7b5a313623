import assert from 'node:assert/strict'
import { once } from 'node:events'
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import type { CommandIo } from './command.ts'
import { callControl, openControl } from './control.ts'

type Run = Parameters<typeof openControl>[1]

function folder(t: TestContext, name = 'data'): { data_dir: string } {
  const root = mkdtempSync(join(tmpdir(), 'kp-'))
  t.after(() => rmSync(root, { recursive: true }))
  const data_dir = join(root, name)
  mkdirSync(data_dir)
  return { data_dir }
}

async function controlOver(t: TestContext, config: { data_dir: string }, run: Run) {
  const control = await openControl(config, run)
  t.after(() => control.close(1))
  return control
}

async function call(config: { data_dir: string }, argv: string[], signal = new AbortController().signal) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const said = Promise.all([text(stdout), text(stderr)])
  const exit = await callControl(config, argv, { stdout, stderr, cwd: '/somewhere', signal })
  stdout.end()
  stderr.end()
  const [out, err] = await said
  return { exit, stdout: out, stderr: err }
}

test('a command gets its arguments and folder, and answers in pieces with an exit code', async (t) => {
  const config = folder(t)
  await controlOver(t, config, async (argv, { stdout, stderr, cwd }) => {
    stdout.write(`${argv.join('|')} in ${cwd}\n`)
    stderr.write('careful\n')
    stdout.write('é✓'.repeat(100_000))
    return 3
  })
  const answer = await call(config, ['orders', 'import', 'a b.csv'])
  assert.equal(answer.exit, 3)
  assert.equal(answer.stderr, 'careful\n')
  assert.equal(answer.stdout, `orders|import|a b.csv in /somewhere\n${'é✓'.repeat(100_000)}`)
})

test('several commands run at once, each with its own output', async (t) => {
  const config = folder(t)
  await controlOver(t, config, async ([name = ''], { stdout }) => {
    stdout.write(name)
    return Number(name)
  })
  const answers = await Promise.all(['1', '2', '3'].map((name) => call(config, [name])))
  assert.deepEqual(
    answers.map(({ exit, stdout }) => [exit, stdout]),
    [
      [1, '1'],
      [2, '2'],
      [3, '3'],
    ],
  )
})

test('only the owner may open the socket, whatever the umask', async (t) => {
  const config = folder(t)
  const before = process.umask(0)
  t.after(() => process.umask(before))
  await controlOver(t, config, async () => 0)
  assert.equal(process.umask(), 0)
  assert.equal(statSync(join(config.data_dir, 'control.sock')).mode & 0o777, 0o600)
})

test('nobody listening is told apart from a failing command', async (t) => {
  const config = folder(t)
  assert.equal((await call(config, ['x'])).exit, undefined)
  writeFileSync(join(config.data_dir, 'control.sock'), '')
  assert.equal((await call(config, ['x'])).exit, undefined)
})

test('the socket that a killed server left behind is replaced', async (t) => {
  const config = folder(t)
  const stale = createServer().listen(join(config.data_dir, 'control.sock'))
  await once(stale, 'listening')
  await controlOver(t, config, async () => 7)
  assert.equal((await call(config, ['x'])).exit, 7)
  stale.close()
})

test('a caller that goes away cancels its command', async (t) => {
  const config = folder(t)
  const cancelled = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  await controlOver(t, config, async (_argv, { signal }: CommandIo) => {
    signal.addEventListener('abort', () => cancelled.resolve())
    begun.resolve()
    await cancelled.promise
    return 0
  })
  const caller = new AbortController()
  const answer = call(config, ['x'], caller.signal)
  await begun.promise
  caller.abort()
  await cancelled.promise
  assert.equal((await answer).exit, 1)
})

test('closing waits for the running command, and cuts it off after the bound', async (t) => {
  const config = folder(t)
  const gate = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  const control = await openControl(config, async () => {
    begun.resolve()
    await gate.promise
    return 5
  })
  const answer = call(config, ['x'])
  await begun.promise
  const closing = control.close(10)
  gate.resolve()
  await closing
  assert.equal((await answer).exit, 5)
  assert.deepEqual(readdirSync(config.data_dir), [])

  const stuck = await openControl(config, () => new Promise(() => {}))
  const cut = call(config, ['x'])
  await new Promise((resolve) => setTimeout(resolve, 100))
  await stuck.close(0.1)
  const { exit, stderr } = await cut
  assert.equal(exit, 1)
  assert.match(stderr, /server ended before the command/)
})

test('a server that dies before it read the call is told like one that dies later', async (t) => {
  const config = folder(t)
  const server = createServer({ pauseOnConnect: true }, (socket) => setTimeout(() => socket.destroy(), 100))
  server.listen(join(config.data_dir, 'control.sock'))
  t.after(() => void server.close())
  await once(server, 'listening')
  const { exit, stderr } = await call(config, ['x'])
  assert.deepEqual([exit, stderr], [1, 'keyport: the server ended before the command did\n'])
})

test('a folder whose path is too long for a socket gets a link to a short one, removed in the end', async (t) => {
  const config = folder(t, 'd'.repeat(120))
  const control = await openControl(config, async () => 4)
  assert.ok(lstatSync(join(config.data_dir, 'control.sock')).isSymbolicLink())
  assert.equal((await call(config, ['x'])).exit, 4)
  await control.close(1)
  assert.deepEqual(readdirSync(config.data_dir), [])
})

test('rubbish on the socket harms nobody', async (t) => {
  const config = folder(t)
  await controlOver(t, config, async () => 0)
  const { createConnection } = await import('node:net')
  const socket = createConnection(join(config.data_dir, 'control.sock'))
  socket.write('not json\n')
  await once(socket, 'close')
  assert.equal((await call(config, ['x'])).exit, 0)
})

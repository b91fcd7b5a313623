import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm, stat, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'
import { startS3 } from '../../../test/s3-server.ts'
import { readConfig } from '../config.ts'
import { AppError } from '../errors.ts'
import { openStorage, partSize, type Storage } from './index.ts'
import { inParts } from './storage.ts'

type Opened = { storage: Storage; root: string }

async function aDirectory(t: TestContext): Promise<Opened> {
  const data_dir = await mkdtemp(join(tmpdir(), 'keyport-files-'))
  t.after(() => rm(data_dir, { recursive: true }))
  return { storage: openStorage({ data_dir, storage_dir: undefined, s3: undefined }), root: join(data_dir, 'files') }
}

async function anS3(t: TestContext): Promise<Opened> {
  return { storage: openStorage({ data_dir: '', storage_dir: undefined, s3: await startS3(t) }), root: '' }
}

async function* chunks(bytes: Uint8Array, size = 100_000) {
  for (let at = 0; at < bytes.byteLength; at += size) yield bytes.subarray(at, at + size)
}

async function bytesOf(stream: ReadableStream<Uint8Array>): Promise<Buffer> {
  return Buffer.from(await new Response(stream).arrayBuffer())
}

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const notFound = (error: unknown) => error instanceof AppError && error.code === 'not_found'

for (const [kind, open] of Object.entries({ directory: aDirectory, s3: anS3 })) {
  suite(`files in ${kind}`, () => {
    test('what was put is read back whole and in parts, replaced and deleted', async (t) => {
      const { storage } = await open(t)
      assert.equal(await storage.head('a/b.txt'), undefined)
      assert.equal(await storage.put('a/b.txt', chunks(Buffer.from('0123456789'))), 10)
      assert.equal(await storage.head('a/b.txt'), 10)
      assert.equal(String(await bytesOf(await storage.read('a/b.txt'))), '0123456789')
      assert.equal(String(await bytesOf(await storage.read('a/b.txt', { start: 2, end: 4 }))), '234')
      assert.equal(String(await bytesOf(await storage.read('a/b.txt', { start: 9, end: 9 }))), '9')
      await storage.put('a/b.txt', chunks(Buffer.from('new')))
      assert.equal(String(await bytesOf(await storage.read('a/b.txt'))), 'new')
      await storage.delete('a/b.txt')
      await storage.delete('a/b.txt')
      await assert.rejects(storage.read('a/b.txt'), notFound)
      assert.equal(await storage.head('a/b.txt'), undefined)
    })

    test('a reader may hang up at any moment', async (t) => {
      const { storage } = await open(t)
      await storage.put('long', chunks(randomBytes(3_000_000)))
      const unread = await storage.read('long')
      await unread.cancel()
      const stream = await storage.read('long', { start: 5, end: 2_999_999 })
      const reader = stream.getReader()
      assert.ok(((await reader.read()).value?.byteLength ?? 0) > 0)
      void reader.read()
      await reader.cancel()
      await setTimeout(20)
    })

    test('an empty file is a file', async (t) => {
      const { storage } = await open(t)
      await storage.put('empty', chunks(Buffer.alloc(0)))
      assert.equal(await storage.head('empty'), 0)
      assert.equal((await bytesOf(await storage.read('empty'))).byteLength, 0)
    })

    test('a file larger than a part is put as a stream', async (t) => {
      const { storage } = await open(t)
      const bytes = randomBytes(partSize * 2 + 4711)
      assert.equal(await storage.put('large', chunks(bytes)), bytes.byteLength)
      assert.equal(digest(await bytesOf(await storage.read('large'))), digest(bytes))
    })

    test('a file in parts is there only when complete; a part may come twice', async (t) => {
      const { storage } = await open(t)
      const bytes = randomBytes(partSize + 1000)
      const upload = await storage.beginUpload('whole')
      await storage.writePart('whole', upload, 1, randomBytes(partSize))
      const first = await storage.writePart('whole', upload, 1, bytes.subarray(0, partSize))
      assert.equal(await storage.head('whole'), undefined)
      const second = await storage.writePart('whole', upload, 2, bytes.subarray(partSize))
      await storage.completeUpload('whole', upload, [first, second], bytes.byteLength)
      assert.equal(digest(await bytesOf(await storage.read('whole'))), digest(bytes))
    })

    test('an abandoned upload leaves nothing, abandoned twice neither', async (t) => {
      const { storage } = await open(t)
      const upload = await storage.beginUpload('never')
      await storage.writePart('never', upload, 1, Buffer.from('half'))
      await storage.abortUpload('never', upload)
      await storage.abortUpload('never', upload)
      assert.equal(await storage.head('never'), undefined)
    })

    test('a body that breaks leaves what was there before', async (t) => {
      const { storage } = await open(t)
      await storage.put('kept', chunks(Buffer.from('before')))
      const broken = (async function* () {
        yield randomBytes(partSize + 1)
        throw new Error('connection lost')
      })()
      await assert.rejects(storage.put('kept', broken), /connection lost/)
      assert.equal(String(await bytesOf(await storage.read('kept'))), 'before')
    })

    test('a key is never a way out', async (t) => {
      const { storage } = await open(t)
      for (const key of [
        '../x',
        'a/../../x',
        '/etc/passwd',
        'a//b',
        'a\0b',
        '.hidden',
        'a/.b',
        '',
        'a\\b',
        'a/',
        'é',
      ]) {
        await assert.rejects(async () => storage.put(key, chunks(Buffer.from('x'))), TypeError, key)
        await assert.rejects(async () => storage.read(key), TypeError, key)
        await assert.rejects(async () => storage.delete(key), TypeError, key)
      }
    })
  })
}

test('a presigned URL gives the bytes away, whole and in parts, under a name, until it expires', async (t) => {
  const { storage } = await anS3(t)
  await storage.put('r/1', chunks(Buffer.from('0123456789')))
  const options = { name: 'meridian-4.2_linux+x64.tar.gz', type: 'application/gzip' }
  const url = (await storage.presign('r/1', { ...options, seconds: 60 }))!
  const whole = await fetch(url)
  assert.equal(whole.headers.get('content-disposition'), `attachment; filename="${options.name}"`)
  assert.equal(whole.headers.get('content-type'), 'application/gzip')
  assert.equal(await whole.text(), '0123456789')
  const part = await fetch(url, { headers: { range: 'bytes=8-' } })
  assert.deepEqual([part.status, await part.text()], [206, '89'])
  assert.equal((await fetch(url.replace('r/1', 'r/2'))).status, 403)
  const brief = (await storage.presign('r/1', { ...options, seconds: 1 }))!
  await setTimeout(2100)
  assert.equal((await fetch(brief)).status, 403)
  assert.throws(() => storage.presign('r/1', { ...options, name: "it's", seconds: 60 }), TypeError)
})

test('an upload that was ended takes no more parts', async (t) => {
  const { storage } = await aDirectory(t)
  const upload = await storage.beginUpload('never')
  await storage.abortUpload('never', upload)
  await assert.rejects(storage.writePart('never', upload, 1, Buffer.from('more')), notFound)
  await assert.rejects(storage.completeUpload('never', upload, [], 4), notFound)
})

test('an upload that lacks bytes is not completed', async (t) => {
  const { storage } = await aDirectory(t)
  const upload = await storage.beginUpload('short')
  const part = await storage.writePart('short', upload, 1, Buffer.from('four'))
  await assert.rejects(storage.completeUpload('short', upload, [part], 5), /holds 4/)
  assert.equal(await storage.head('short'), undefined)
})

test('a directory signs no URLs', async (t) => {
  const { storage } = await aDirectory(t)
  assert.equal(await storage.presign('x', { seconds: 60, name: 'x', type: 'text/plain' }), undefined)
})

test('files in a directory are readable by the portal alone, and nothing is left beside them', async (t) => {
  const { storage, root } = await aDirectory(t)
  await storage.put('a/b', chunks(Buffer.from('x')))
  assert.equal((await stat(join(root, 'a/b'))).mode & 0o777, 0o600)
  assert.equal((await stat(join(root, 'a'))).mode & 0o777, 0o700)
  assert.deepEqual(await readdir(join(root, '.incoming')), [])
})

test('what a crash left is swept when nobody touched it for long', async (t) => {
  const { storage, root } = await aDirectory(t)
  assert.equal(await storage.sweep(new Date()), 0)
  const old = await storage.beginUpload('old')
  const fresh = await storage.beginUpload('fresh')
  const yesterday = new Date(Date.now() - 86_400_000)
  await utimes(join(root, '.incoming', old), yesterday, yesterday)
  assert.equal(await storage.sweep(new Date(Date.now() - 3_600_000)), 1)
  assert.deepEqual(await readdir(join(root, '.incoming')), [fresh])
})

test('a store that does not answer is unavailable, and a wrong key is not', async (t) => {
  const settings = await startS3(t)
  const dead = openStorage({
    data_dir: '',
    storage_dir: undefined,
    s3: { ...settings, endpoint: 'http://127.0.0.1:1/b' },
  })
  const unavailable = (error: unknown) => error instanceof AppError && error.code === 'unavailable'
  await assert.rejects(dead.head('x'), unavailable)
  const wrong = openStorage({ data_dir: '', storage_dir: undefined, s3: { ...settings, secret_access_key: 'wrong' } })
  await assert.rejects(wrong.put('x', chunks(Buffer.from('x'))), (error) => !(error instanceof AppError))
})

test('a stream is cut into parts of one size, whatever its chunks', async () => {
  for (const [length, chunk] of [
    [partSize * 2, 7_000_000],
    [partSize * 3 + 1, partSize * 2],
    [5, 2],
    [0, 1],
  ] as const) {
    const bytes = randomBytes(length)
    const parts: Buffer[] = []
    for await (const part of inParts(chunks(bytes, chunk))) parts.push(Buffer.from(part))
    assert.ok(parts.slice(0, -1).every((part) => part.byteLength === partSize))
    assert.equal(digest(Buffer.concat(parts)), digest(bytes))
  }
})

/** A process that may write files of 64 kB at most stands for a disk that has no more room. */
const fillTheDisk = `
import { openStorage } from '${import.meta.resolve('./open-storage.ts')}'
const storage = openStorage({ data_dir: process.argv[1] })
const code = (error) => error.code
async function* body() { yield Buffer.alloc(50_000); yield Buffer.alloc(50_000) }
const put = await storage.put('a', body()).catch(code)
const upload = await storage.beginUpload('b')
const part = await storage.writePart('b', upload, 1, Buffer.alloc(100_000)).catch(code)
await storage.abortUpload('b', upload)
console.log(JSON.stringify([put, part, await storage.head('a')]))`

test('a full disk is told as such and leaves nothing half', async (t) => {
  const { root } = await aDirectory(t)
  const script = 'ulimit -f 128; exec "$0" --input-type=module -e "$1" "$2"'
  const { stdout } = await promisify(execFile)('sh', ['-c', script, process.execPath, fillTheDisk, join(root, '..')])
  assert.deepEqual(JSON.parse(stdout), ['storage_full', 'storage_full', null])
  assert.deepEqual(await readdir(join(root, '.incoming')), [])
})

test('settings of S3 come together or not at all', () => {
  const read = readConfig({ S3_ENDPOINT: 'https://s3.example.com/files', S3_ACCESS_KEY_ID: 'id' })
  assert.deepEqual(read, { ok: false, problems: ['S3_SECRET_ACCESS_KEY: needed with the other S3 settings'] })
})

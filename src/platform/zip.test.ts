import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { buffer, text } from 'node:stream/consumers'
import { test } from 'node:test'
import yauzl from 'yauzl'
import { type ZipEntry, zipStream } from './zip.ts'

async function unzipped(bytes: Buffer): Promise<Map<string, string>> {
  const zip = await yauzl.fromBufferPromise(bytes, { lazyEntries: true, autoClose: false })
  const entries: yauzl.Entry[] = []
  for await (const entry of zip.eachEntry()) entries.push(entry)
  const contents = new Map<string, string>()
  for (const entry of entries) contents.set(entry.fileName, await text(await zip.openReadStreamPromise(entry)))
  return contents
}

test('a ZIP holds texts and streams as they were', async () => {
  const entries: ZipEntry[] = [
    { name: 'a.slf', content: '{"é":1}', modified: new Date('2026-11-22T00:00:00Z') },
    { name: 'b.xml', content: Readable.from(['x'.repeat(200_000)]) },
    { name: 'c.slf', content: '' },
  ]
  const found = await unzipped(await buffer(zipStream(entries)))
  assert.deepEqual([...found.keys()], ['a.slf', 'b.xml', 'c.slf'])
  assert.equal(found.get('a.slf'), '{"é":1}')
  assert.equal(found.get('b.xml')!.length, 200_000)
})

test('entries are asked for only as fast as the ZIP is read', async () => {
  let asked = 0
  async function* endless(): AsyncGenerator<ZipEntry> {
    for (;;) yield { name: `${++asked}.slf`, content: 'x'.repeat(10_000) }
  }
  const zip = zipStream(endless())
  zip.read(1)
  await new Promise((resolve) => setTimeout(resolve, 50))
  assert.ok(asked > 0 && asked < 50, `${asked} entries were asked for`)
  zip.destroy()
})

test('an error of the entries ends the ZIP with that error', async () => {
  async function* failing(): AsyncGenerator<ZipEntry> {
    yield { name: 'a', content: 'a' }
    throw new Error('gone')
  }
  await assert.rejects(buffer(zipStream(failing())), /gone/)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { openPortal } from '../../../test/portal.ts'
import { urls } from '../../urls.ts'

test('pages are compressed for those who can read that', async (t) => {
  const { app } = await openPortal(t)
  const plain = await app.request(urls.accounts.signIn.to())
  const page = await plain.text()
  assert.deepEqual([plain.headers.get('content-encoding'), plain.headers.get('vary')], [null, 'Accept-Encoding'])
  const small = await app.request(urls.accounts.signIn.to(), { headers: { 'accept-encoding': 'br, gzip' } })
  assert.equal(small.headers.get('content-encoding'), 'gzip')
  const bytes = Buffer.from(await small.arrayBuffer())
  assert.equal(gunzipSync(bytes).toString(), page)
  assert.ok(bytes.length < page.length / 2)
})

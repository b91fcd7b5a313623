import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { buildAssets } from '../../../tools/vendor-assets.ts'
import { asset, assetsWeb } from './assets.ts'

before(() => buildAssets())

test('an asset is served under a name of its content, to be kept for ever', async () => {
  const url = asset('keyport.css')
  assert.match(url, /^\/assets\/keyport\.[0-9a-f]{10}\.css$/)
  const response = await assetsWeb.request(url)
  assert.equal(response.status, 200)
  assert.equal(response.headers.get('content-type'), 'text/css; charset=utf-8')
  assert.equal(response.headers.get('cache-control'), 'public, max-age=31536000, immutable')
})

test('the compressed bodies say the same as the plain one', async () => {
  const read = async (encoding: string) => {
    const response = await assetsWeb.request(asset('keyport.js'), { headers: { 'accept-encoding': encoding } })
    assert.equal(response.headers.get('content-encoding'), encoding === 'identity' ? null : encoding)
    return Buffer.from(await response.arrayBuffer())
  }
  const plain = await read('identity')
  assert.deepEqual(brotliDecompressSync(await read('br')), plain)
  assert.deepEqual(gunzipSync(await read('gzip')), plain)
})

test('an asset that the browser holds is not sent again', async () => {
  const first = await assetsWeb.request(asset('logo.svg'))
  const again = await assetsWeb.request(asset('logo.svg'), { headers: { 'if-none-match': first.headers.get('etag')! } })
  assert.equal(again.status, 304)
  assert.equal((await again.arrayBuffer()).byteLength, 0)
})

test('nothing but built files is served', async () => {
  for (const path of ['manifest.json', 'stamp', '..%2f..%2fpackage.json', 'keyport.css']) {
    assert.equal((await assetsWeb.request(`/assets/${path}`)).status, 404, path)
  }
  assert.throws(() => asset('keyport.scss'), /no asset/)
})

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { brandFilesOf, brandWeb } from './brand.ts'

const keyport = { name: 'Keyport', issuer: 'http://localhost', accent: '#1d4ed8', logo: undefined }

test('the portal’s own brand needs no files', () => {
  assert.deepEqual(brandFilesOf(keyport), { logo: undefined, style: undefined })
})

test('a vendor’s logo and accent are served under names of their content, and the logo runs no script', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'brand-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const logo = join(folder, 'logo.svg')
  writeFileSync(logo, '<svg xmlns="http://www.w3.org/2000/svg"/>')
  const vendor = { ...keyport, accent: '#c2410c', logo }
  const files = brandFilesOf(vendor)
  const picture = await brandWeb(vendor).request(files.logo!.url)
  assert.equal(picture.headers.get('content-type'), 'image/svg+xml')
  assert.match(picture.headers.get('content-security-policy')!, /default-src 'none'.*sandbox/)
  assert.match(await (await brandWeb(vendor).request(files.style!.url)).text(), /--kp-accent:#c2410c/)
  assert.equal((await brandWeb(vendor).request('/brand/logo.svg')).status, 404)
})

test('a logo that is no picture stops the start', () => {
  assert.throws(() => brandFilesOf({ ...keyport, logo: '/etc/passwd' }), /VENDOR_LOGO/)
})

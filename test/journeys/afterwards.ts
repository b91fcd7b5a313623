/** What people do with the keys they got, and programs of others with the license files. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import yauzl from 'yauzl'
import { projectRoot } from '../../src/platform/root.ts'
import { urls } from '../../src/urls.ts'
import { keyport } from '../process.ts'
import type { serialsOf } from './demo-portal.ts'
import { downloads, host, rowOf } from './purchase.ts'
import { button, field, isAt, link, type Traveller } from './traveller.ts'

type Bought = ReturnType<typeof serialsOf>

/** Copies, downloads one file, all files and the list, sends them on; comes back to them through the catalog. */
export async function takesKeysAway(traveller: Traveller, bought: Bought): Promise<void> {
  const { page, t } = traveller
  await copies(traveller, bought)
  const file = await downloads(traveller, new RegExp(`^ATLAS-PRO-${bought.file}.*\\.slf$`))
  await verifiesOffline(traveller, file, [])
  const bound = await downloads(traveller, new RegExp(`^ATLAS-SERVER-${bought.host}.*\\.slf$`))
  await verifiesOffline(traveller, bound, ['--host', `mac:${host.first}`])

  const zip = await downloads(traveller, t('registration.confirmation.files'))
  const names = await entriesOf(zip.bytes)
  assert.equal(names.length, 3, `one file, and one for each of two hosts: ${names}`)
  assert.ok(names.includes(file.name) && names.includes(bound.name))

  const csv = await downloads(traveller, t('registration.confirmation.csv'))
  for (const serial of [bought.file, bought.code, bought.none]) assert.ok(csv.bytes.includes(serial), serial)
  assert.ok(csv.bytes.includes('EMBR-1234-KQ4W-5678'))
  await sendsOn(traveller)
  await page.reload()
  await findsAgain(traveller, bought, file.bytes)
}

async function copies({ page, t, hands, context }: Traveller, bought: Bought): Promise<void> {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText())
  await hands.press(button(page, t('ui.copy_of', { name: t('registration.column.serial') })).first())
  await page.getByRole('button', { name: t('ui.copied') }).waitFor()
  assert.equal(await clipboard(), bought.file)
  const key = rowOf(page, bought.code).getByRole('button', {
    name: t('ui.copy_of', { name: t('registration.column.key') }),
  })
  await hands.press(key)
  await rowOf(page, bought.code)
    .getByRole('button', { name: t('ui.copied') })
    .waitFor()
  assert.match(await clipboard(), /^([2-9A-HJKMNP-Z]{5}-){4}[2-9A-HJKMNP-Z]{5}$/)
}

/** By `keyport verify` in a process without the portal, and by OpenSSL as README.md says. */
async function verifiesOffline(
  { url }: Traveller,
  file: { name: string; bytes: Buffer },
  hosts: string[],
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'keyport-offline-'))
  try {
    writeFileSync(join(folder, 'license.slf'), file.bytes)
    writeFileSync(join(folder, 'jwks.json'), await (await fetch(`${url}${urls.keys.jwks.to()}`)).text())
    const argv = ['verify', 'license.slf', '--keys', 'jwks.json', ...hosts, '--json']
    const verified = await keyport(argv, {}, folder)
    assert.equal(verified.exit, 0, verified.stdout + verified.stderr)
    assert.equal(JSON.parse(verified.stdout).license.licensee.name, 'Journey & Sons Lda.')
    if (hosts.length > 0) {
      const elsewhere = await keyport(
        ['verify', 'license.slf', '--keys', 'jwks.json', '--host', 'mac:00:00:5E:00:53:01'],
        {},
        folder,
      )
      assert.equal(elsewhere.exit, 1, elsewhere.stdout)
    }
    assert.match(
      execFileSync('sh', ['-c', recipe()], { cwd: folder, encoding: 'utf8' }),
      /Signature Verified Successfully/,
    )
    const tampered = file.bytes.toString().replace('"payload": "', '"payload": "A')
    writeFileSync(join(folder, 'license.slf'), tampered)
    assert.throws(() => execFileSync('sh', ['-c', recipe()], { cwd: folder, stdio: 'pipe' }))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The commands as printed there. */
function recipe(): string {
  const guide = readFileSync(join(projectRoot, 'README.md'), 'utf8')
  const block = [...guide.matchAll(/```sh\n(.*?)```/gs)].find(([, text]) => text!.includes('openssl pkeyutl -verify'))
  assert.ok(block?.[1], 'the guide has no recipe for OpenSSL')
  return block[1]
}

async function entriesOf(zip: Buffer): Promise<string[]> {
  const archive = await yauzl.fromBufferPromise(zip, { lazyEntries: true })
  const names: string[] = []
  for await (const entry of archive.eachEntry()) names.push(entry.fileName)
  return names
}

async function sendsOn(traveller: Traveller): Promise<void> {
  const { page, t, hands } = traveller
  await hands.type(field(page, t('registration.email.field')), 'colleague@journey.example')
  await hands.press(button(page, t('registration.email.send')))
  await page.getByText(t('registration.email.sent', { count: 1 })).waitFor()
}

/** License Catalog → License Key Details: the same file is still there, byte for byte. */
async function findsAgain(traveller: Traveller, bought: Bought, bytes: Buffer): Promise<void> {
  const { page, t, hands } = traveller
  await hands.press(link(page, t('registration.confirmation.catalog')))
  await isAt(traveller, t('licenses.catalog.title'))
  await hands.press(page.getByRole('link', { name: bought.file, exact: true }))
  await isAt(traveller, t('licenses.details.title'))
  const name = t('licenses.keys.download', { file: '' })
  const again = await downloads(traveller, new RegExp(`^${name}ATLAS-PRO`))
  assert.deepEqual(again.bytes, bytes)
}

import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { aMember, aProduct } from '../../test/licensing.ts'
import { openPortal, type Portal, password, signedIn } from '../../test/portal.ts'
import { aFile, aRelease, aStore, someTerms } from '../../test/releases.ts'
import type { Visitor } from '../../test/visitor.ts'
import { createOperator } from '../accounts/index.ts'
import { type OperatorRole, systemActor } from '../platform/actor.ts'
import { uuidv7 } from '../platform/ids.ts'
import { partSize } from '../platform/storage/index.ts'
import { urls } from '../urls.ts'

async function anOffice(t: TestContext) {
  const portal = await openPortal(t, await aStore(t))
  const product = await aProduct(portal.db)
  return { ...portal, product, robin: await anOperator(portal, 'catalog') }
}

async function anOperator(portal: Portal, role: OperatorRole): Promise<Visitor> {
  const email = `${role}@vendor.example`
  await createOperator(portal.db, systemActor('test'), { email, name: 'Robin', role, password })
  return signedIn(portal, email)
}

/** What a script of the page, or another program, sends. */
async function send({ app }: Portal, visitor: Visitor, address: string, body: BodyInit, type?: string) {
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const headers = {
    cookie,
    origin: 'http://localhost',
    accept: 'application/json',
    ...(type && { 'content-type': type }),
  }
  return app.request(`http://localhost${address}`, { method: 'POST', headers, body })
}

const revisionIn = (html: string) => /name="revision" value="(\d+)"/.exec(html)![1]!

test('from a new version to a published and withdrawn release, by forms alone', async (t) => {
  const office = await anOffice(t)
  const { robin, product } = office
  const nowhere = { product: product.code, version: ' ', released_on: 'x', notes: '' }
  assert.equal((await robin.post(urls.admin.newRelease.to(), nowhere)).status, 422)
  assert.equal(
    (await robin.post(urls.admin.newRelease.to(), { ...nowhere, product: 'NONE', version: '5', released_on: '' }))
      .status,
    422,
  )
  const fields = { product: product.code, version: '5.0', released_on: '2026-01-02', notes: '# New' }
  const created = await robin.post(urls.admin.newRelease.to(), fields)
  assert.equal(created.status, 303)
  const release = created.location!.split('/').at(-1)!
  assert.equal((await robin.post(urls.admin.newRelease.to(), fields)).status, 422)

  const form = new FormData()
  for (const [name, value] of Object.entries({
    platform: 'linux-x64',
    language: 'fr',
    countries: 'de, FR',
    sha256: '',
  }))
    form.set(name, value)
  form.set('file', new File(['whole'], 'whole.bin'))
  const sent = await send(office, robin, urls.admin.releaseFiles.to({ release }), form)
  assert.equal(sent.status, 303)
  const page = (await robin.get(created.location!)).html
  assert.match(page, /whole\.bin/)
  assert.match(page, /Publish with 1 file/)

  const publish = () => robin.post(urls.admin.publishRelease.to({ release }), { revision: revisionIn(page) })
  const early = await publish()
  assert.deepEqual([early.status, /license agreement and export statement first/.test(early.html)], [422, true])
  assert.equal((await robin.post(urls.admin.softwareTerms.to(), { eula_en: '', export_en: '' })).status, 422)
  assert.equal(
    (await robin.post(urls.admin.softwareTerms.to(), { eula_en: 'A', export_en: 'B', eula_fr: 'C' })).status,
    303,
  )
  assert.match((await robin.get(urls.admin.softwareTerms.to())).html, /English, French/)
  assert.equal((await publish()).status, 303)
  assert.equal((await publish()).status, 422)
  const published = (await robin.get(created.location!)).html
  assert.match(published, /Withdraw the release/)
  assert.doesNotMatch(published, /Downloads of the last 14 days/)
  const revision = revisionIn(published)
  assert.equal((await robin.post(urls.admin.releaseNotes.to({ release }), { revision: '1', notes: 'x' })).status, 422)
  assert.equal((await robin.post(urls.admin.releaseNotes.to({ release }), { revision, notes: 'Better' })).status, 303)
  assert.equal(
    (await robin.post(urls.admin.withdrawRelease.to({ release }), { revision: '3', reason: ' ' })).status,
    422,
  )
  assert.equal((await robin.post(urls.admin.withdrawRelease.to({ release }), { revision, reason: 'x' })).status, 422)
  assert.equal(
    (await robin.post(urls.admin.withdrawRelease.to({ release }), { revision: '3', reason: 'broken' })).status,
    303,
  )
  assert.match((await robin.get(urls.admin.releases.to({ state: 'withdrawn' }))).html, /5\.0/)
  assert.doesNotMatch((await robin.get(urls.admin.releases.to({ state: 'published' }))).html, /5\.0/)
  assert.equal((await robin.get(urls.admin.releases.to({ state: 'odd', after: "'" }))).status, 200)
  assert.equal((await robin.get(urls.admin.downloads.to())).status, 200)
  assert.match((await robin.get(urls.admin.downloadsCsv.to())).html, /^\ufeff?Begun,Organization/)
})

test('a file in parts over HTTP: JSON in, JSON out, resumed where it stopped', async (t) => {
  const office = await anOffice(t)
  const { robin, product, db } = office
  const created = await robin.post(urls.admin.newRelease.to(), {
    product: product.code,
    version: '1.0',
    released_on: '',
    notes: '',
  })
  const release = created.location!.split('/').at(-1)!
  const bytes = randomBytes(partSize + 7)
  const facts = {
    platform: 'any',
    language: '',
    countries: '',
    name: 'big.iso',
    size: String(bytes.byteLength),
    sha256: '',
  }
  const begin = async (more: Record<string, string> = {}) => {
    const answer = await send(
      office,
      robin,
      urls.admin.uploads.to({ release }),
      new URLSearchParams({ ...facts, ...more }),
    )
    return {
      status: answer.status,
      body: (await answer.json()) as Record<string, unknown> & { errors: Record<string, string> },
    }
  }
  for (const [field, value] of [
    ['name', '../../x'],
    ['size', '0'],
    ['size', '1e30'],
    ['platform', 'toaster'],
    ['sha256', 'zz'],
    ['countries', 'Germany'],
  ]) {
    const refused = await begin({ [field!]: value! })
    assert.equal(refused.status, 422, value)
    assert.deepEqual(Object.keys(refused.body.errors), [field])
  }
  const { body: begun } = await begin()
  assert.deepEqual([begun.received, begun.part_size], [0, partSize])
  const part = (
    offset: number | string,
    piece: Uint8Array<ArrayBuffer> = bytes.subarray(Number(offset), Number(offset) + partSize),
  ) => send(office, robin, `${begun.part}?offset=${offset}`, piece, 'application/octet-stream')
  assert.deepEqual(await (await part(0)).json(), { received: partSize })
  const misplaced = await part(0)
  assert.deepEqual([misplaced.status, await misplaced.json()], [409, { received: partSize, refusal: 'misplaced' }])
  assert.equal((await part('x', bytes.subarray(0, 1))).status, 400)
  assert.equal((await part(partSize, randomBytes(partSize + 1))).status, 413)
  assert.equal((await begin()).body.received, partSize)
  assert.match((await robin.get(urls.admin.release.to({ release }))).html, /On their way/)
  assert.equal((await send(office, robin, begun.finish as string, '')).status, 422)
  assert.equal((await part(partSize)).status, 200)
  const finished = await send(office, robin, begun.finish as string, '')
  assert.deepEqual(await finished.json(), { sha256: createHash('sha256').update(bytes).digest('hex') })
  assert.equal((await db.selectFrom('release_files').select('name').executeTakeFirstOrThrow()).name, 'big.iso')
  assert.equal((await part(0)).status, 404)
  assert.equal((await robin.get('/admin/uploads/..%2fx')).status, 404)
})

test('a form without script that is refused leaves nothing behind', async (t) => {
  const office = await anOffice(t)
  const { robin, product, db, config } = office
  const created = await robin.post(urls.admin.newRelease.to(), {
    product: product.code,
    version: '1.0',
    released_on: '',
    notes: '',
  })
  const release = created.location!.split('/').at(-1)!
  const post = (file: File | undefined, more: Record<string, string> = {}) => {
    const form = new FormData()
    for (const [name, value] of Object.entries({ platform: 'any', language: '', countries: '', sha256: '', ...more }))
      form.set(name, value)
    if (file) form.set('file', file)
    return send(office, robin, urls.admin.releaseFiles.to({ release }), form)
  }
  const wrong = { sha256: 'a'.repeat(64) }
  for (const [file, more] of [
    [undefined, {}],
    [new File([], 'empty.bin'), {}],
    [new File(['x'], 'sp ace.bin'), {}],
    [new File(['x'], 'a.bin'), { platform: 'toaster' }],
    [new File(['x'], 'a.bin'), wrong],
  ] as const) {
    assert.equal((await post(file, more)).status, 422, file?.name)
  }
  assert.equal((await post(new File(['x'], '../../../etc/passwd'))).status, 303)
  assert.equal((await post(new File(['y'], 'passwd'))).status, 422)
  const cut = 'multipart/form-data; boundary=x'
  const body = '--x\r\ncontent-disposition: form-data; name="file"; filename="cut.bin"\r\n\r\nhalf'
  assert.ok((await send(office, robin, urls.admin.releaseFiles.to({ release }), body, cut)).status >= 400)
  assert.equal((await send(office, robin, urls.admin.releaseFiles.to({ release }), 'x=1')).status, 415)
  const rows = await db.selectFrom('release_files').select('name').execute()
  assert.deepEqual(rows, [{ name: 'passwd' }])
  const files = await readdir(join(config.data_dir, 'files'), { recursive: true, withFileTypes: true })
  assert.equal(files.filter((entry) => entry.isFile()).length, 1)
})

test('staff of other trades see releases and statistics, and change nothing', async (t) => {
  const office = await anOffice(t)
  const { release_id: release, file_ids } = await aRelease(office, { product: office.product.code })
  const { organization_id, user_id, now } = await aMember(office.db)
  const file = { id: uuidv7(), file_id: file_ids[0]!, release_id: release, organization_id, user_id }
  await office.db
    .insertInto('downloads')
    .values({ ...file, started_at: now, last_at: now })
    .execute()
  await aFile(office, release, { name: 'staged.zip' })
  await someTerms(office.db)
  const auditor = await anOperator(office, 'auditor')
  const { status, html } = await auditor.get(urls.admin.release.to({ release }))
  assert.deepEqual(
    [status, /<form method="post" action="\/admin/.test(html), /staged\.zip/.test(html)],
    [200, false, true],
  )
  assert.match(html, /Downloads of the last 14 days/)
  const statistics = (await auditor.get(urls.admin.downloads.to())).html
  assert.match(statistics, /Downloads by month/)
  assert.match(statistics, new RegExp(`Product ${office.product.code}`))
  assert.match((await auditor.get(urls.admin.downloadsCsv.to())).html, /app\.tar\.gz/)
  assert.equal((await auditor.get(urls.admin.newRelease.to())).status, 403)
  assert.equal((await auditor.post(urls.admin.publishRelease.to({ release }), { revision: '2' })).status, 403)
  assert.equal((await auditor.get(urls.admin.release.to({ release: 'x' }))).status, 404)
})

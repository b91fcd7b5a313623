import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { aLicense, aProduct } from '../../test/licensing.ts'
import { anAccount, openPortal, type Portal, password, signedIn } from '../../test/portal.ts'
import { aRelease, aStore, ownLicense } from '../../test/releases.ts'
import { Visitor } from '../../test/visitor.ts'
import { createColleague, findMemberByEmail } from '../accounts/index.ts'
import { type Member, systemActor } from '../platform/actor.ts'
import { hashPassword } from '../platform/auth/index.ts'
import { uuidv7 } from '../platform/ids.ts'
import { runDueJobs } from '../platform/jobs/index.ts'
import { urls } from '../urls.ts'
import { withdrawRelease } from './change-release.ts'
import { forgetAddresses } from './jobs.ts'
import { tellAboutRelease } from './tell-about-release.ts'

type LicenseDates = { maintenance_until?: string; ends_on?: string }

/** A company with an administrator, and a product with a license of its version 1.0. */
async function aCompany(t: TestContext, dates: LicenseDates = {}) {
  const portal = await openPortal(t, await aStore(t))
  const { db } = portal
  const { email } = await anAccount(portal, 'ann@acme.example')
  const member = (await findMemberByEmail(db, email, new Date()))!
  const product = await aProduct(db)
  const license = await aLicense(db, product, dates)
  await ownLicense(db, license.id, member)
  return { ...portal, member, product, license, ann: await signedIn(portal, email) }
}

async function aColleague(portal: Portal, { organization_id }: Member, role: 'viewer' | 'downloader') {
  const person = { given_name: 'B', family_name: 'C', phone: null, locale: 'en', time_zone: 'UTC' } as const
  const email = `${role}@acme.example`
  const login = { email, role, organization_id, password_hash: await hashPassword(password) }
  await createColleague(portal.db, systemActor('test'), { ...person, ...login })
  return signedIn(portal, email)
}

const termsOf = (html: string) => /name="terms" value="([^"]+)"/.exec(html)![1]!
const linksIn = (html: string) => [...html.matchAll(/href="(http[^"]*\/downloads\/[^"]+)"/g)].map(([, href]) => href!)

test('from the serial number to the file: terms once, then links that work for anybody who has them', async (t) => {
  const { ann, app, product, license, ...portal } = await aCompany(t)
  await aRelease({ ...portal, db: portal.db }, { product: product.code })
  const found = await ann.get(urls.software.home.to({ serial: ` ${license.serial.toLowerCase()} ` }))
  assert.deepEqual(
    [found.status, found.location],
    [303, urls.software.product.to({ product: product.code }, { license: license.serial })],
  )
  const page = await ann.get(found.location!)
  assert.match(page.html, /Get version 1\.0/)

  const names = { product: product.code, version: '1.0' }
  const before = await ann.get(urls.software.release.to(names))
  assert.match(before.html, /Be <strong>good<\/strong>/)
  assert.match(before.html, /Not to the moon/)
  assert.match(before.html, /app\.tar\.gz/)
  assert.deepEqual(linksIn(before.html), [])
  assert.equal((await ann.get(urls.software.links.to(names))).status, 403)

  const terms = termsOf(before.html)
  const unread = await ann.post(urls.software.terms.to(names), { decision: 'accept', terms })
  assert.deepEqual([unread.status, /read the text to its end/.test(unread.html)], [422, true])
  const declined = await ann.post(urls.software.terms.to(names), { decision: 'decline', terms })
  assert.equal(declined.location, urls.software.product.to({ product: product.code }))
  assert.equal(
    (await ann.post(urls.software.terms.to(names), { decision: 'accept', read: 'on', terms: uuidv7() })).status,
    422,
  )
  for (let twice = 0; twice < 2; twice++) {
    const accepted = await ann.post(urls.software.terms.to(names), { decision: 'accept', read: 'on', terms })
    assert.deepEqual([accepted.status, accepted.location], [303, urls.software.release.to(names)])
  }
  const acceptances = await portal.db.selectFrom('software_terms_acceptances').selectAll().execute()
  assert.deepEqual(
    acceptances.map(({ locale }) => locale),
    ['en'],
  )

  const after = await ann.get(urls.software.release.to(names))
  assert.match(after.html, /<h3>New<\/h3>\s*<p>Faster\.<\/p>/)
  const [link] = linksIn(after.html)
  const file = await app.request(link!)
  assert.equal(file.status, 200)
  assert.equal((await file.arrayBuffer()).byteLength, 10_000)
  const list = await ann.get(urls.software.links.to(names))
  assert.match(list.html, /^http:\/\/localhost\/downloads\/[^/\n]+\/app\.tar\.gz\n$/)
  assert.match((await ann.get(urls.software.manifest.to(names))).html, /^[0-9a-f]{64} {2}app\.tar\.gz\n$/)
  assert.match((await ann.get(urls.software.manifestSignature.to(names))).html, /^untrusted comment: /)
  assert.equal((await ann.get(urls.software.signature.to({ ...names, signature: 'app.tar.gz.minisig' }))).status, 200)
  assert.equal((await ann.get(urls.software.signature.to({ ...names, signature: '../x' }))).status, 404)
})

test('what may not be downloaded says why, with the days that decide', async (t) => {
  const company = await aCompany(t, { maintenance_until: '2026-03-31' })
  const { ann, product } = company
  await aRelease(company, { product: product.code, version: '2.0', released_on: '2026-03-31' })
  await aRelease(company, { product: product.code, version: '3.0', released_on: '2026-04-01' })
  const { html } = await ann.get(urls.software.product.to({ product: product.code }))
  assert.match(html, /Get version 2\.0/)
  assert.match(html, /Released on 1 April 2026|Released on April 1, 2026/)
  assert.match(html, /after your maintenance ended on (31 March|March 31,) 2026/)
  const names = { product: product.code, version: '3.0' }
  const page = await ann.get(urls.software.release.to(names))
  assert.equal(page.status, 200)
  assert.deepEqual([linksIn(page.html), /name="terms"/.test(page.html)], [[], false])
  assert.equal(
    (await ann.post(urls.software.terms.to(names), { decision: 'accept', read: 'on', terms: uuidv7() })).status,
    403,
  )
  assert.equal((await ann.get(urls.software.manifest.to(names))).status, 403)
})

test('a viewer sees what there is and is told whom to ask; a downloader may download', async (t) => {
  const company = await aCompany(t)
  const { product, member } = company
  await aRelease(company, { product: product.code })
  const names = { product: product.code, version: '1.0' }
  const viewer = await aColleague(company, member, 'viewer')
  const seen = await viewer.get(urls.software.release.to(names))
  assert.match(seen.html, /administrator of your organization can make you a downloader/)
  assert.deepEqual([linksIn(seen.html), /name="terms"/.test(seen.html)], [[], false])
  assert.equal((await viewer.get(urls.software.links.to(names))).status, 403)
  const downloader = await aColleague(company, member, 'downloader')
  const { html } = await downloader.get(urls.software.release.to(names))
  const accepted = { decision: 'accept', read: 'on', terms: termsOf(html) }
  assert.equal((await downloader.post(urls.software.terms.to(names), accepted)).status, 303)
  assert.equal(linksIn((await downloader.get(urls.software.release.to(names))).html).length, 1)
})

test('somebody elsewhere, and nobody at all, learn nothing of it', async (t) => {
  const company = await aCompany(t)
  const { product, license, app } = company
  await aRelease(company, { product: product.code })
  await anAccount(company, 'eve@else.example')
  const eve = await signedIn(company, 'eve@else.example')
  const names = { product: product.code, version: '1.0' }
  const addresses = [
    urls.software.product.to(names),
    urls.software.release.to(names),
    urls.software.links.to(names),
    urls.software.ofLicense.to({ serial: license.serial }),
    urls.software.product.to({ product: 'NO-SUCH' }),
    '/get-software/X%00Y',
    `/licenses/${license.serial}%00/software`,
  ]
  for (const address of addresses) assert.equal((await eve.get(address)).status, 404, address)
  assert.equal((await eve.post(urls.software.notify.to(names), { wanted: 'yes' })).status, 404)
  const home = await eve.get(urls.software.home.to({ serial: license.serial }))
  assert.deepEqual([home.status, home.html.includes(product.code)], [422, false])
  const anonymous = new Visitor(app)
  assert.equal((await anonymous.get(urls.software.home.to())).status, 303)
  assert.equal((await anonymous.get(urls.software.links.to(names))).status, 303)
})

test('staged releases, other versions and withdrawn ones are not there', async (t) => {
  const company = await aCompany(t)
  const { ann, product, db } = company
  const { release_id } = await aRelease(company, { product: product.code })
  const names = { product: product.code, version: '1.0' }
  assert.equal((await ann.get(urls.software.release.to({ ...names, version: '9' }))).status, 404)
  assert.equal((await ann.get(urls.software.release.to({ ...names, version: '1.0\0' }))).status, 404)
  await db.updateTable('release_files').set({ published_at: null }).execute()
  assert.doesNotMatch((await ann.get(urls.software.release.to(names))).html, /app\.tar\.gz/)
  await withdrawRelease(db, systemActor('test'), { release_id, reason: 'broken' })
  assert.equal((await ann.get(urls.software.release.to(names))).status, 404)
})

test('files are narrowed down by language and platform, and by the country of the organization', async (t) => {
  const company = await aCompany(t)
  const { ann, product, db, member } = company
  const files = [
    { name: 'win-fr.exe', platform: 'windows-x64', language: 'fr' },
    { name: 'win-en.exe', platform: 'windows-x64', language: 'en' },
    { name: 'linux.tar.gz', platform: 'linux-x64' },
    { name: 'manual.pdf', platform: 'any', language: 'fr' },
    { name: 'crypto.zip', platform: 'any', countries: ['US', 'CA'] },
  ] as const
  await aRelease(company, {
    product: product.code,
    files: files.map((file) => ({ ...file, countries: 'countries' in file ? [...file.countries] : [] })),
  })
  const names = { product: product.code, version: '1.0' }
  const shown = async (query: Record<string, string>) => {
    const { html } = await ann.get(urls.software.release.to(names, query))
    return files.map(({ name }) => name).filter((name) => html.includes(name))
  }
  assert.deepEqual(await shown({}), ['win-fr.exe', 'win-en.exe', 'linux.tar.gz', 'manual.pdf'])
  assert.deepEqual(await shown({ language: 'fr' }), ['win-fr.exe', 'linux.tar.gz', 'manual.pdf'])
  assert.deepEqual(await shown({ platform: 'windows-x64', language: 'fr' }), ['win-fr.exe', 'manual.pdf'])
  assert.deepEqual(await shown({ platform: 'toaster' }), ['win-fr.exe', 'win-en.exe', 'linux.tar.gz', 'manual.pdf'])
  assert.match((await ann.get(urls.software.release.to(names))).html, /1 file is not offered in your country/)
  await db.updateTable('organizations').set({ country: 'CA' }).where('id', '=', member.organization_id).execute()
  assert.equal((await shown({})).length, 5)
})

test('release notes and terms cannot bring a script, a style or a picture', async (t) => {
  const company = await aCompany(t)
  const { ann, product, db } = company
  const { release_id } = await aRelease(company, { product: product.code })
  const notes = [
    '# Title <script>alert(1)</script>',
    '<img src=x onerror=alert(1)> ![x](https://evil.example/x.png)',
    '[a](javascript:alert(1)) [b](data:text/html,x) [c](https://good.example)',
    '<a href="https://x.example" onclick="x()" style="color:red">d</a> <style>*{}</style> <iframe src=x></iframe>',
    '`<b>code</b>` **bold**',
  ].join('\n\n')
  await db.updateTable('releases').set({ notes }).where('id', '=', release_id).execute()
  const { html } = await ann.get(urls.software.release.to({ product: product.code, version: '1.0' }))
  const prose = html.slice(html.indexOf('Release notes'))
  assert.doesNotMatch(prose, /<script>alert|<img|onerror|javascript:|data:text|onclick|style="color|<iframe/)
  assert.match(prose, /<a href="https:\/\/good\.example" rel="noopener noreferrer nofollow">c<\/a>/)
  assert.match(prose, /<code>&lt;b&gt;code&lt;\/b&gt;<\/code> <strong>bold<\/strong>/)
})

test('who asked is told of a new release by mail, once, in the own language, and can stop it', async (t) => {
  const company = await aCompany(t)
  const { ann, product, db, services } = company
  const notify = urls.software.notify.to({ product: product.code })
  await aRelease(company, { product: product.code })
  await runDueJobs(services, [tellAboutRelease])
  const mails = () =>
    db.selectFrom('mails').select(['subject', 'to_address', 'text']).where('template', '=', 'release').execute()
  assert.deepEqual(await mails(), [])
  assert.equal((await ann.post(notify, { wanted: 'yes' })).status, 303)
  assert.equal((await ann.post(notify, { wanted: 'yes' })).status, 303)
  await db.updateTable('auth.user').set({ locale: 'fr' }).execute()
  await aRelease(company, { product: product.code, version: '2.0' })
  await runDueJobs(services, [tellAboutRelease])
  const [mail, ...more] = await mails()
  assert.deepEqual(more, [])
  assert.equal(mail!.to_address, 'ann@acme.example')
  assert.equal(mail!.subject, `Nouvelle version\u00a0: Product ${product.code} 2.0`)
  assert.ok(mail!.text.includes(`http://localhost/get-software/${product.code}/2.0`))
  assert.equal((await ann.post(notify, { wanted: 'no' })).status, 303)
  await aRelease(company, { product: product.code, version: '3.0' })
  await runDueJobs(services, [tellAboutRelease])
  assert.equal((await mails()).length, 1)
})

test('the history says who downloaded what, page by page and as CSV', async (t) => {
  const company = await aCompany(t)
  const { ann, product, license, app } = company
  await aRelease(company, { product: product.code })
  const names = { product: product.code, version: '1.0' }
  assert.match((await ann.get(urls.software.history.to())).html, /Nothing was downloaded yet/)
  const terms = termsOf((await ann.get(urls.software.release.to(names))).html)
  await ann.post(urls.software.terms.to(names), { decision: 'accept', read: 'on', terms })
  for (let n = 0; n < 60; n++) {
    const [link] = linksIn((await ann.get(urls.software.release.to(names))).html)
    await (await app.request(link!, { headers: { range: n === 0 ? 'bytes=0-99' : 'bytes=0-' } })).arrayBuffer()
  }
  const first = await ann.get(urls.software.history.to())
  assert.match(first.html, /Ann Miller/)
  assert.match(first.html, new RegExp(license.serial))
  const more = /hx-get="([^"]+)"/.exec(first.html)![1]!.replaceAll('&amp;', '&')
  const second = await ann.get(more)
  const rowsOf = (html: string) => html.match(/<tr>/g)!.length - 1
  assert.equal(rowsOf(first.html) + rowsOf(second.html), 60)
  assert.match(second.html, /Not complete/)
  const csv = (await ann.get(urls.software.historyCsv.to())).html.trim().split('\r\n')
  assert.equal(csv.length, 61)
  assert.match(csv.at(-1)!, /,10000,100,$/)
  const shown = (await ann.get(urls.licenses.show.to({ serial: license.serial }))).html
  assert.match(shown, /Download begun: app\.tar\.gz/)
  await anAccount(company, 'eve@else.example')
  const eve = await signedIn(company, 'eve@else.example')
  assert.doesNotMatch((await eve.get(urls.software.historyCsv.to())).html, /app\.tar\.gz/)
})

test('what somebody downloaded is in the own data, and the address is forgotten with the account', async (t) => {
  const company = await aCompany(t)
  const { ann, product, app, db } = company
  await aRelease(company, { product: product.code })
  const names = { product: product.code, version: '1.0' }
  const terms = termsOf((await ann.get(urls.software.release.to(names))).html)
  await ann.post(urls.software.terms.to(names), { decision: 'accept', read: 'on', terms })
  const [link] = linksIn((await ann.get(urls.software.release.to(names))).html)
  await (await app.request(link!, { headers: { 'x-forwarded-for': '192.0.2.7', 'user-agent': 'curl' } })).arrayBuffer()
  const data = JSON.parse((await ann.post(urls.accounts.data.to())).html)
  assert.deepEqual([data.downloads[0].file, data.downloads[0].address], ['app.tar.gz', '192.0.2.7'])
  assert.equal(data.software_terms.length, 1)
  await forgetAddresses(db)
  const address = () => db.selectFrom('downloads').select(['address', 'agent']).executeTakeFirstOrThrow()
  assert.deepEqual(await address(), { address: '192.0.2.7', agent: 'curl' })
  await db.updateTable('auth.user').set({ email: 'x@closed.invalid' }).execute()
  await forgetAddresses(db)
  assert.deepEqual(await address(), { address: null, agent: null })
})

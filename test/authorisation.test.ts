/**
 * Who may call what, read off the router: each route as declared, for everybody. A stranger comes with the ids of
 * somebody else's drafts, registrations, licenses and keys. A route without a declaration fails.
 */
import assert from 'node:assert/strict'
import { basename } from 'node:path'
import { Readable } from 'node:stream'
import { after, before, suite, test } from 'node:test'
import { Hono } from 'hono'
import { sql } from 'kysely'
import { createColleague, createOperator, findMemberByEmail } from '../src/accounts/index.ts'
import { createApp } from '../src/app.ts'
import { startBulkFromList } from '../src/bulk/start-bulk.ts'
import { acceptTerms } from '../src/downloads/accept-terms.ts'
import { beginUpload } from '../src/downloads/begin-upload.ts'
import { createRelease } from '../src/downloads/create-release.ts'
import { linkTo } from '../src/downloads/download-link.ts'
import { addField } from '../src/fields/index.ts'
import { activeSigner } from '../src/keys/index.ts'
import { addComment } from '../src/licenses/index.ts'
import { inviteMember } from '../src/organizations/index.ts'
import { type Member, type OperatorRole, operatorRoles, type Role, roles, systemActor } from '../src/platform/actor.ts'
import { hashPassword } from '../src/platform/auth/index.ts'
import { type Access, accessOf } from '../src/platform/http/access.ts'
import { asset } from '../src/platform/http/assets.ts'
import { brandFilesOf } from '../src/platform/http/brand.ts'
import { uuidv7 } from '../src/platform/ids.ts'
import { enqueueMails } from '../src/platform/mail/index.ts'
import { openStorage } from '../src/platform/storage/index.ts'
import { completeRegistration } from '../src/registration/index.ts'
import { type ShareInput, shareLicenses } from '../src/sharing/index.ts'
import { offerTransfer } from '../src/transfers/index.ts'
import { urls } from '../src/urls.ts'
import { buildAssets } from '../tools/vendor-assets.ts'
import { aCampaign as aDraftCampaign, threeVersions } from './campaigns.ts'
import { freshDatabase } from './database.ts'
import { register } from './deploying.ts'
import { aCustomer, aLicense, aProduct, type SomeProduct } from './licensing.ts'
import { anAccount, openPortal, type Portal, password, signedIn } from './portal.ts'
import { aVerifiedDraft } from './registering.ts'
import { aFile, aRelease, aStore } from './releases.ts'
import { anOpenRequest } from './requests.ts'
import { aGrant } from './sharing.ts'
import { aCampaign, aNotification, aVerifiedUpgrade } from './upgrading.ts'
import { Visitor } from './visitor.ts'

const staff = operatorRoles.map((role) => `operator ${role}` as const)
const callers = ['anonymous', 'stranger', ...roles, ...staff] as const
type Caller = (typeof callers)[number]
type Route = { method: string; path: string; access: Access | undefined }
type Outcome = 'answered' | 'sign in' | 'forbidden' | 'not found'

/** Handlers that answer a request, the first of each address: it declares who may call. Middleware answers ALL. */
function routesOf(app: Pick<Hono, 'routes'>): Route[] {
  const first = new Map<string, Route>()
  for (const { method, path, handler } of app.routes) {
    const name = `${method} ${path}`
    if (method !== 'ALL' && !first.has(name)) first.set(name, { method, path, access: accessOf(handler) })
  }
  return [...first.values()]
}

const undeclared = (routes: Route[]) => routes.filter(({ access }) => !access).map(({ path }) => path)

/** What the declaration promises. Somebody else's things answer like things that do not exist. */
function promised({ path, access }: Route, caller: Caller): Outcome {
  if (access === 'anyone') return 'answered'
  if (caller === 'anonymous') return 'sign in'
  // Whoever asked may work for no organization: the query says who sees a request.
  if (access === 'signed_in' && path.includes('/:request')) return seesRequest(caller) ? 'answered' : 'not found'
  if (access === 'signed_in') return 'answered'
  if (access === 'operator') return caller.startsWith('operator ') ? 'answered' : 'forbidden'
  if (typeof access === 'object') return mayOperate(access, caller) ? 'answered' : 'forbidden'
  if (caller.startsWith('operator ')) return 'forbidden'
  if (caller === 'stranger') return ofSomebody.test(path) ? 'not found' : 'answered'
  return roles.indexOf(caller as Role) >= roles.indexOf(access as Role) ? 'answered' : 'forbidden'
}

const seesRequest = (caller: Caller) => (roles as readonly string[]).includes(caller)

const isUpgrade = ({ path }: Pick<Route, 'path'>) => path.startsWith(urls.upgrades.start.pattern)

const ofSomebody =
  /\/:(notification|draft|registration|serial|key|request|customer|member|invitation|access|bulk|field|search|share|transfer|asking|asked|delegation|owner|product)\b/

/** Operator administrators may what any operator may. */
function mayOperate(access: readonly OperatorRole[], caller: Caller): boolean {
  return [...access, 'administrator'].some((role) => caller === `operator ${role}`)
}

function outcomeOf(status: number): Outcome {
  const outcomes: Record<number, Outcome> = { 401: 'sign in', 403: 'forbidden', 404: 'not found' }
  if (status >= 500) throw new Error(`answered ${status}`)
  return outcomes[status] ?? 'answered'
}

/** Answers that depend on more than the role: a held session alone sees the agreement, no root key signed a list. */
const otherwise: Record<string, Partial<Record<Caller | 'all', Outcome>>> = {
  [`POST ${urls.accounts.acceptAgreement.pattern}`]: { anonymous: 'sign in' },
  [`GET ${urls.keys.signedJwks.pattern}`]: { all: 'not found' },
  [`GET ${urls.reminders.feed.pattern}`]: { all: 'not found' },
  [`POST ${urls.reminders.unsubscribe.pattern}`]: { all: 'forbidden' },
  // Colleagues read what a request is about; managers, and whoever asked, write.
  [`POST ${urls.requests.messages.pattern}`]: { viewer: 'forbidden', downloader: 'forbidden' },
  [`POST ${urls.requests.withdraw.pattern}`]: { viewer: 'forbidden', downloader: 'forbidden' },
  // A downloader discards lists of the own, not what a manager prepared.
  [`POST ${urls.bulk.cancel.pattern}`]: { downloader: 'forbidden' },
}

suite('authorisation matrix', () => {
  const ends: (() => unknown)[] = []
  let portal: Portal
  let product: SomeProduct
  let victim: Member
  const names: Record<string, string> = {}
  let stagedReleases = 0
  const visitors = new Map<Caller, Visitor>()

  before(async () => {
    await buildAssets()
    const scope = { after: (done: () => unknown) => void ends.push(done) }
    const env = {
      VENDOR_ACCENT: '#0f766e',
      ...(await aStore(scope)),
    }
    portal = await openPortal(scope, env, await freshDatabase(scope))
    await makePeople()
    await makeThings()
  })
  after(async () => {
    for (const end of ends) await end()
  })

  async function makePeople() {
    const { db } = portal
    const system = systemActor('test')
    await anAccount(portal, 'administrator@victim.example')
    await anAccount(portal, 'stranger@else.example')
    const member = await findMemberByEmail(db, 'administrator@victim.example', system.now)
    victim = member!
    const person = { given_name: 'A', family_name: 'B', phone: null, locale: 'en', time_zone: 'UTC' } as const
    const login = { password_hash: await hashPassword(password), organization_id: victim.organization_id }
    for (const role of roles.slice(0, -1)) {
      await createColleague(db, system, { ...person, ...login, email: `${role}@victim.example`, role })
    }
    for (const role of operatorRoles) {
      await createOperator(db, system, { email: `${role}@vendor.example`, name: 'Op', role, password })
    }
    visitors.set('anonymous', new Visitor(portal.app))
    visitors.set('stranger', await signedIn(portal, 'stranger@else.example'))
    for (const role of roles) visitors.set(role, await signedIn(portal, `${role}@victim.example`))
    for (const role of operatorRoles) visitors.set(`operator ${role}`, await signedIn(portal, `${role}@vendor.example`))
    for (const { headers } of visitors.values()) {
      // Programs are told the status that browsers get a page for. /metrics is for this machine only, which all are.
      Object.assign(headers, { accept: 'application/json' })
    }
  }

  async function makeThings() {
    const { db, config } = portal
    product = await aProduct(db)
    const { serial } = await aLicense(db, product)
    const basket = await aVerifiedDraft(db, victim, [serial])
    const done = await completeRegistration(db, victim, basket, { config, signer: await activeSigner(db, config) })
    assert.ok(done.ok)
    const { id: key } = await db.selectFrom('license_keys').select('id').executeTakeFirstOrThrow()
    const content = { subject: 'Hello', heading: 'Hello', paragraphs: [] }
    const to = { email: 'administrator@victim.example' }
    const mails = [{ template: 'test', to, locale: 'en' as const, content }]
    await db.transaction().execute((trx) => enqueueMails(trx, new Date(), mails))
    const { id: mail } = await db.selectFrom('mails').select('id').executeTakeFirstOrThrow()
    const file = basename(brandFilesOf(config.vendor).style!.url)
    Object.assign(names, { registration: done.registration_id, serial, key, mail, file, topic: 'sign-in' })
    names.request = await anOpenRequest(db, victim)
    names.attachment = await anAttachment()
    names.answer = uuidv7()
    const canned = { id: names.answer, name: 'Hello', texts: '{}', changed_at: new Date(), changed_by: victim.user_id }
    await db.insertInto('canned_answers').values(canned).execute()
    await somePeople()
    await aDraft()
    await aCustomerNumber()
    await anUpgrade()
    await aBulk()
    await aComment()
    await aSearch()
    await aDraftOfACampaign()
    await aShare()
    await aTransfer()
    await someDelegations()
    await aDownloadableRelease()
    const field = await addField(db, victim, { name: 'Owner', type: 'text', choices: [], flags: [] })
    assert.ok(field.ok)
    Object.assign(names, { field: field.field_id, format: 'csv' })
  }

  /** A file that came with the request. */
  async function anAttachment(): Promise<string> {
    const { db, config } = portal
    const query = db.selectFrom('service_requests').select('id').where('number', '=', names.request!)
    const { id: request_id } = await query.executeTakeFirstOrThrow()
    const id = uuidv7()
    const file = { id, request_id, name: 'a.txt', type: 'text/plain', size: 1, uploaded_at: new Date() }
    await db
      .insertInto('request_files')
      .values({ ...file, uploaded_by: victim.user_id })
      .execute()
    await openStorage(config).put(`requests/${id}`, Readable.from([Buffer.from('x')]))
    return id
  }

  /** Of the license's product; whoever may download it has accepted its terms. */
  async function aDownloadableRelease(): Promise<void> {
    const { db } = portal
    const { release_id, file_ids } = await aRelease(portal, { product: product.code })
    const { terms_id } = await db.selectFrom('releases').select('terms_id').executeTakeFirstOrThrow()
    for (const role of roles.filter((role) => role !== 'viewer')) {
      const member = await findMemberByEmail(db, `${role}@victim.example`, new Date())
      await acceptTerms(db, member!, { release_id, terms_id: terms_id!, locale: 'en' })
    }
    const file = { id: file_ids[0]!, name: 'app.tar.gz' }
    const link = linkTo(portal.config, victim, file).split('/').at(-2)!
    const { key_id } = await db.selectFrom('release_files').select('key_id').executeTakeFirstOrThrow()
    const names_of_files = { name: file.name, signature: `${file.name}.minisig`, link: decodeURIComponent(link) }
    Object.assign(names, { product: product.code, version: '1.0', key_of_files: key_id, ...names_of_files })
    await aStagedRelease()
  }

  /** With a file and an upload; new ones for whoever may remove them. */
  async function aStagedRelease(): Promise<void> {
    const { db, config } = portal
    const system = systemActor('test')
    const version = `staged ${++stagedReleases}`
    const created = await createRelease(db, system, { product: product.code, version, released_on: null, notes: '' })
    assert.ok(created.ok)
    const { release_id } = created
    const file = await aFile(portal, release_id)
    const facts = { name: 'next.zip', platform: 'any', language: null, countries: [], size: 5, sha256: null } as const
    const needs = { db, storage: openStorage(config) }
    const begun = await beginUpload(needs, system, { ...facts, countries: [], release_id })
    assert.ok(begun.ok)
    Object.assign(names, { release: release_id, file_of_release: file, upload: begun.upload_id })
  }

  /** A colleague, somebody invited, and somebody who asks for access. */
  async function somePeople(): Promise<void> {
    const { db, config } = portal
    const guest = { email: 'guest@victim.example', role: 'viewer' } as const
    const invited = await inviteMember(db, victim, guest, config)
    assert.ok(invited.ok)
    const { id: member } = await userCalled('viewer@victim.example')
    const { id: user_id } = await userCalled('stranger@else.example')
    const access = uuidv7()
    const request = { id: access, organization_id: victim.organization_id, user_id, requested_at: new Date() }
    await db.insertInto('access_requests').values(request).execute()
    Object.assign(names, { member, access, invitation: invited.invitation_id, token: 'x', feed: 'x.ics' })
  }

  function userCalled(email: string) {
    return portal.db.selectFrom('auth.user').select('id').where('email', '=', email).executeTakeFirstOrThrow()
  }

  /** A new one for whoever may remove it. */
  async function aCustomerNumber(): Promise<void> {
    const { db } = portal
    const customer_id = await aCustomer(db)
    const { organization_id } = victim
    const association = { organization_id, customer_id, proven_by: 'operator', proof: 'test', created_at: new Date() }
    await db
      .insertInto('customer_associations')
      .values(association as never)
      .execute()
    const query = db.selectFrom('customers').select('number').where('id', '=', customer_id)
    names.customer = (await query.executeTakeFirstOrThrow()).number
  }

  /** Offered to all colleagues. */
  async function aSearch(): Promise<void> {
    const search = uuidv7()
    const { organization_id, user_id } = victim
    const row = { id: search, organization_id, user_id, name: 'Soon', query: '', for_all: true, created_at: new Date() }
    await portal.db.insertInto('saved_searches').values(row).execute()
    names.search = search
  }

  /** A new one for whoever may publish or discard it. */
  async function aDraftOfACampaign(): Promise<void> {
    names.campaign = (await aDraftCampaign(portal.db, await threeVersions(portal.db))).campaign_id
  }

  /** A new one for whoever may remove it. */
  async function aShare(): Promise<void> {
    const { db, config } = portal
    const what = {
      scope: 'licenses' as const,
      serials: names.serial!,
      customers: [],
      new_numbers: false,
      tag: '',
      search: '',
    }
    const share: ShareInput = { email: 'someone@far.example', level: 'view', ends_on: null, ...what }
    const shared = await shareLicenses(db, victim, share, config)
    assert.ok(shared.ok)
    names.share = shared.share_id
  }

  async function aTransfer(): Promise<void> {
    const { db, config } = portal
    const what = { quantity: null, with_comments: false, with_fields: false, message: '' }
    const offer = { email: 'someone@far.example', serials: names.serial!, ...what }
    const offered = await offerTransfer(db, victim, offer, config)
    assert.ok(offered.ok)
    names.transfer = offered.transfer_id
  }

  /** One that the victim granted, one that a customer granted to it, and questions in both directions. */
  async function someDelegations(): Promise<void> {
    const { db } = portal
    const { organization_id, email } = victim
    const someone = { organization_id: uuidv7(), user_id: uuidv7(), email: 'someone@far.example' }
    const far = { id: someone.organization_id, name: 'Far', created_at: new Date() }
    await db.insertInto('organizations').values(far).execute()
    const delegation = { kind: 'delegation', level: 'full', customer_ids: [await aCustomer(db)] } as const
    names.delegation = await aGrant(db, victim, someone, { ...delegation, customer_ids: [...delegation.customer_ids] })
    await aGrant(db, someone, victim, { kind: 'delegation', level: 'full', new_numbers: true })
    const asking = { level: 'view', state: 'asked', asked_at: new Date(), asked_by: victim.user_id } as const
    const [toVictim, fromVictim] = [uuidv7(), uuidv7()]
    await db
      .insertInto('delegation_requests')
      .values([
        { ...asking, id: toVictim, partner_id: far.id, customer_id: organization_id, customer_email: email! },
        {
          ...asking,
          id: fromVictim,
          partner_id: organization_id,
          customer_id: far.id,
          customer_email: `${fromVictim}@x`,
        },
      ])
      .execute()
    Object.assign(names, { recovery: uuidv7(), domain: 'acme.example' })
    Object.assign(names, { owner: far.id, asking: toVictim, asked: fromVictim })
  }

  /** Of a manager: its author and administrators may remove it. */
  async function aComment(): Promise<void> {
    const { db } = portal
    const author = await findMemberByEmail(db, 'manager@victim.example', new Date())
    const { id: license_id } = await db
      .selectFrom('licenses')
      .select('id')
      .where('serial', '=', names.serial!)
      .executeTakeFirstOrThrow()
    names.comment = uuidv7()
    await addComment(db, author!, { license_id, comment_id: names.comment, body: 'Hello' })
  }

  /** A notification about licenses of the victim, and a draft of it for whoever goes on with it. */
  async function anUpgrade(): Promise<void> {
    const { db, config } = portal
    const upgrading = { config, signer: await activeSigner(db, config) }
    const campaign = await aCampaign(db)
    const { id, serial, customer_id } = await aLicense(db, campaign.from)
    await register(db, victim, upgrading, serial, {})
    const { notification_id } = await aNotification(db, config, campaign.campaign_id, customer_id)
    const { path_id } = campaign
    Object.assign(names, { notification: notification_id, path: path_id })
    const selected = [{ license_id: id, quantity: 1 }]
    const draft = await aVerifiedUpgrade(db, victim, upgrading, { notification_id, path_id, selected })
    const { rows } = await sql<{ serial: string }>`select serial from upgrade_selections
      where draft_id = ${draft.draft_id}`.execute(db)
    Object.assign(names, { upgrade: draft.draft_id, serial_in_upgrade: rows[0]!.serial })
  }

  /** A new one for whoever may cancel it. */
  async function aBulk(): Promise<void> {
    const list = { columns: [], lines: [{ serial: names.serial!, cells: [] }], repeated: 0 }
    const started = await startBulkFromList(portal.db, victim, list)
    assert.ok(started.ok)
    names.bulk = started.bulk_id
  }

  /** A new one for whoever may change or discard it. */
  async function aDraft(): Promise<void> {
    const { serial: serial_in_draft } = await aLicense(portal.db, product)
    const { draft_id: draft } = await aVerifiedDraft(portal.db, victim, [serial_in_draft])
    Object.assign(names, { draft, serial_in_draft })
  }

  function addressOf(path: string): string {
    if (path.startsWith('/assets/')) return asset('keyport.css')
    const isInDraft = path.includes(':draft')
    if (path === urls.admin.removeFile.pattern)
      return path.replace(/:(\w+)/g, (_, of) => names[of === 'file' ? 'file_of_release' : of]!)
    if (path === urls.software.keyOf.pattern) return urls.software.keyOf.to({ key: names.key_of_files! })
    const inDraft: Record<string, string> = isUpgrade({ path })
      ? { draft: 'upgrade', serial: 'serial_in_upgrade' }
      : { serial: 'serial_in_draft' }
    return path.replace(/:(\w+)/g, (_, name: string) => {
      const value = names[(isInDraft && inDraft[name]) || name]
      if (!value) throw new Error(`${path}: the matrix needs a :${name}`)
      return encodeURIComponent(value)
    })
  }

  async function ask(caller: Caller, { method, path }: Route): Promise<Outcome> {
    const visitor = visitors.get(caller)!
    const before = new Map(visitor.cookies)
    const address = addressOf(path)
    const answer = method === 'GET' ? await visitor.get(address) : await visitor.post(address)
    const isOut = path === urls.accounts.signOut.pattern && caller !== 'anonymous'
    if (isOut) visitors.set(caller, await again(caller, visitor))
    else visitor.cookies.clear()
    if (!isOut) for (const [name, value] of before) visitor.cookies.set(name, value)
    return outcomeOf(answer.status)
  }

  async function again(caller: Caller, { headers }: Visitor): Promise<Visitor> {
    const [name, role] = caller.split(' ')
    const elsewhere = name === 'stranger' ? 'stranger@else.example' : `${name}@victim.example`
    const visitor = await signedIn(portal, role ? `${role}@vendor.example` : elsewhere)
    Object.assign(visitor.headers, headers)
    return visitor
  }

  /** Everything that belongs to somebody, as one text. */
  async function everything(): Promise<string> {
    const tables = ['registration_drafts', 'registration_draft_serials', 'registrations', 'licenses', 'license_keys']
    const upgraded = [
      'campaigns',
      'campaign_paths',
      'upgrade_notifications',
      'upgrade_notification_mails',
      'upgrade_notification_readers',
      'upgrade_drafts',
      'upgrade_selections',
      'upgrades',
    ]
    const asked = [
      'service_requests',
      'request_messages',
      'request_files',
      'canned_answers',
      'customer_associations',
      'bulk_actions',
      'bulk_action_rows',
    ]
    const own = ['user_defined_fields', 'license_field_values', 'saved_searches', 'license_tags', 'license_bookmarks']
    const software = [
      'releases',
      'release_files',
      'downloads',
      'release_subscriptions',
      'software_terms_acceptances',
      'release_uploads',
      'software_terms',
    ]
    const people = ['memberships', 'organizations', 'invitations', 'access_requests']
    const parts = [
      ...tables,
      ...upgraded,
      ...asked,
      ...own,
      ...software,
      ...people,
      'events',
      'mails',
      'addresses',
    ].map(
      (table) =>
        sql`select ${table} as name, md5(string_agg(t::text, '|' order by t::text)) from ${sql.table(table)} t`,
    )
    const { rows } = await sql`${sql.join(parts, sql` union all `)} order by 1`.execute(portal.db)
    return JSON.stringify(rows)
  }

  test('every route declares who may call it', () => {
    const routes = routesOf(portal.app)
    assert.ok(routes.length > 40, `only ${routes.length} routes`)
    assert.deepEqual(undeclared(routes), [])
  })

  test('a route that declares nothing is found', () => {
    const app = createApp(portal.services)
    app.route(
      '/',
      new Hono().get('/forgotten', (c) => c.text('secret')),
    )
    assert.deepEqual(undeclared(routesOf(app)), ['/forgotten'])
  })

  test('whoever may not is refused, and nothing changes', async () => {
    const before = await everything()
    for (const route of routesOf(portal.app)) {
      for (const caller of callers.filter((caller) => promised(route, caller) !== 'answered')) {
        assert.equal(await ask(caller, route), promised(route, caller), `${route.method} ${route.path}: ${caller}`)
      }
    }
    assert.equal(await everything(), before)
  })

  test('whoever may is answered', async () => {
    for (const route of routesOf(portal.app)) {
      for (const caller of callers.filter((caller) => promised(route, caller) === 'answered')) {
        if (route.method === 'POST' && route.path.includes(':draft')) await (isUpgrade(route) ? anUpgrade() : aDraft())
        if (route.method === 'POST' && route.path.includes(':customer')) await aCustomerNumber()
        if (route.path.includes(':bulk')) await aBulk()
        if (route.path.includes(':campaign')) await aDraftOfACampaign()
        if (route.path.includes(':share')) await aShare()
        if (/:(asking|asked|delegation)/.test(route.path)) await someDelegations()
        if (/:(release|upload)\b/.test(route.path)) await aStagedRelease()
        const name = `${route.method} ${route.path}`
        const expected = otherwise[name]?.[caller] ?? otherwise[name]?.all ?? 'answered'
        assert.equal(await ask(caller, route), expected, `${name}: ${caller}`)
      }
    }
  })

  test('no form is taken from another site', async () => {
    const posts = routesOf(portal.app).filter(({ method }) => method === 'POST')
    assert.ok(posts.length > 15)
    const cookie = [...visitors.get('administrator')!.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const type = 'application/x-www-form-urlencoded'
    const before = await everything()
    for (const { path } of posts) {
      const headers = { cookie, origin: 'https://evil.example', 'content-type': type }
      const answer = await portal.app.request(addressOf(path), { method: 'POST', headers, body: '' })
      assert.equal(answer.status, 403, path)
    }
    assert.equal(await everything(), before)
  })
})

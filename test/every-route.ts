/**
 * A portal with one of everything and a browser of everybody, so that tests can go through all routes of the router: the
 * victim, to whom all belongs, with colleagues in every role; strangers; who was granted a license; and operators.
 */
import assert from 'node:assert/strict'
import { basename } from 'node:path'
import { Readable } from 'node:stream'
import type { Hono } from 'hono'
import { sql } from 'kysely'
import { createColleague, createOperator, findMemberByEmail } from '../src/accounts/index.ts'
import { startBulkFromList } from '../src/bulk/start-bulk.ts'
import { acceptTerms } from '../src/downloads/accept-terms.ts'
import { beginUpload } from '../src/downloads/begin-upload.ts'
import { createRelease } from '../src/downloads/create-release.ts'
import { linkTo } from '../src/downloads/download-link.ts'
import { addField } from '../src/fields/index.ts'
import { activeSigner } from '../src/keys/index.ts'
import { addComment, levels } from '../src/licenses/index.ts'
import { inviteMember } from '../src/organizations/index.ts'
import { type Member, operatorRoles, roles, systemActor } from '../src/platform/actor.ts'
import { hashPassword } from '../src/platform/auth/index.ts'
import type { Db } from '../src/platform/db/index.ts'
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
/** Organizations to which the victim shares its license, and partners that act for it. */
const grantees = levels.map((level) => `grantee ${level}` as const)
const partners = (['view', 'full'] as const).map((level) => `partner ${level}` as const)
export const callers = ['anonymous', 'stranger', ...grantees, ...partners, ...roles, ...staff] as const
export type Caller = (typeof callers)[number]
export type Route = { method: string; path: string; access: Access | undefined }
export type Outcome = 'answered' | 'sign in' | 'forbidden' | 'not found'

export type World = {
  portal: Portal
  victim: Member
  product: SomeProduct
  /** What stands in addresses, by the names in the patterns of `urls`. */
  names: Record<string, string>
  visitors: Map<Caller, Visitor>
  stagedReleases: number
}

/** Opens the portal, fills it and signs everybody in. */
export async function openWorld(scope: { after(done: () => unknown): void }): Promise<World> {
  await buildAssets()
  const env = { VENDOR_ACCENT: '#0f766e', ...(await aStore(scope)) }
  const portal = await openPortal(scope, env)
  const victim = await makePeople(portal)
  const product = await aProduct(portal.db)
  const world: World = { portal, victim, product, names: {}, visitors: new Map(), stagedReleases: 0 }
  await makeThings(world)
  await grantLicense(world)
  for (const caller of callers) world.visitors.set(caller, await browserOf(world, caller))
  return world
}

/** Handlers that answer a request, the first of each address: it declares who may call. Middleware answers ALL. */
export function routesOf(app: Pick<Hono, 'routes'>): Route[] {
  const first = new Map<string, Route>()
  for (const { method, path, handler } of app.routes) {
    const name = `${method} ${path}`
    if (method !== 'ALL' && !first.has(name)) first.set(name, { method, path, access: accessOf(handler) })
  }
  return [...first.values()]
}

function outcomeOf(status: number): Outcome {
  const outcomes: Record<number, Outcome> = { 401: 'sign in', 403: 'forbidden', 404: 'not found' }
  if (status >= 500) throw new Error(`answered ${status}`)
  return outcomes[status] ?? 'answered'
}

export const isUpgrade = ({ path }: Pick<Route, 'path'>) => path.startsWith(urls.upgrades.start.pattern)

/** The victim's administrator, colleagues and operators; a stranger; and whom the victim lets use its license. */
async function makePeople({ db }: Portal): Promise<Member> {
  const system = systemActor('test')
  for (const caller of ['administrator', 'stranger', ...grantees, ...partners] as const) {
    await anAccount({ db }, addressOfCaller(caller))
  }
  const victim = (await findMemberByEmail(db, addressOfCaller('administrator'), system.now))!
  const person = { given_name: 'A', family_name: 'B', phone: null, locale: 'en', time_zone: 'UTC' } as const
  const login = { password_hash: await hashPassword(password), organization_id: victim.organization_id }
  for (const role of roles.slice(0, -1)) {
    await createColleague(db, system, { ...person, ...login, email: addressOfCaller(role), role })
  }
  for (const role of operatorRoles) {
    const email = addressOfCaller(`operator ${role}`)
    await createOperator(db, system, { email, name: 'Op', role, password })
  }
  return victim
}

function addressOfCaller(caller: Caller): string {
  if (caller === 'stranger') return 'stranger@else.example'
  const [kind, of] = caller.split(' ')
  return of ? `${of}@${kind === 'operator' ? 'vendor' : kind}.example` : `${caller}@victim.example`
}

/** Shares the license at each level, and delegates its customer number. */
async function grantLicense({ portal, victim, names }: World): Promise<void> {
  const { db } = portal
  const query = db.selectFrom('licenses').select(['id', 'customer_id']).where('serial', '=', names.serial!)
  const { id, customer_id } = await query.executeTakeFirstOrThrow()
  for (const caller of [...grantees, ...partners]) {
    const [kind, level] = caller.split(' ') as ['grantee' | 'partner', (typeof levels)[number]]
    const grantee = (await findMemberByEmail(db, addressOfCaller(caller), new Date()))!
    const what =
      kind === 'partner' ? { kind: 'delegation' as const, customer_ids: [customer_id] } : { license_ids: [id] }
    await aGrant(db, victim, grantee, { level, ...what })
    if (level !== 'view') await acceptTermsOf(db, grantee)
  }
}

/** Of the only release that is published. */
async function acceptTermsOf(db: Db, member: Member): Promise<void> {
  const query = db.selectFrom('releases').select(['id', 'terms_id']).where('terms_id', 'is not', null)
  const { id: release_id, terms_id } = await query.executeTakeFirstOrThrow()
  await acceptTerms(db, member, { release_id, terms_id: terms_id!, locale: 'en' })
}

let signedInTimes = 0

/** A program with the session of the caller: it is told the status that browsers get a page for. */
async function browserOf({ portal, victim }: World, caller: Caller): Promise<Visitor> {
  const headers = { accept: 'application/json' }
  if (caller === 'anonymous') return new Visitor(portal.app, headers)
  // From a network of its own: so many sign-ins from one are refused. /metrics answers who comes through no proxy.
  const from = { 'x-forwarded-for': `10.0.${++signedInTimes}.1` }
  const visitor = await signedIn(portal, addressOfCaller(caller), { ...headers, ...from })
  delete visitor.headers['x-forwarded-for']
  if (caller.startsWith('partner ')) {
    const acts = await visitor.post(urls.partner.act.to(), { customer: victim.organization_id })
    assert.equal(acts.status, 303)
  }
  return visitor
}

async function makeThings(world: World) {
  const { portal, names, victim, product } = world
  const { db, config } = portal
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
  names.attachment = await anAttachment(world)
  names.answer = uuidv7()
  const canned = { id: names.answer, name: 'Hello', texts: '{}', changed_at: new Date(), changed_by: victim.user_id }
  await db.insertInto('canned_answers').values(canned).execute()
  await somePeople(world)
  await aDraft(world)
  await aCustomerNumber(world)
  await anUpgrade(world)
  await aBulk(world)
  await aComment(world)
  await aSearch(world)
  await aDraftOfACampaign(world)
  await aShare(world)
  await aTransfer(world)
  await someDelegations(world)
  await aDownloadableRelease(world)
  const field = await addField(db, victim, { name: 'Owner', type: 'text', choices: [], flags: [] })
  assert.ok(field.ok)
  Object.assign(names, { field: field.field_id, format: 'csv' })
}

/** A file that came with the request. */
async function anAttachment(world: World): Promise<string> {
  const { portal, names, victim } = world
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
async function aDownloadableRelease(world: World): Promise<void> {
  const { portal, names, victim, product } = world
  const { db } = portal
  const { file_ids } = await aRelease(portal, { product: product.code })
  for (const role of roles.filter((role) => role !== 'viewer')) {
    const member = await findMemberByEmail(db, `${role}@victim.example`, new Date())
    await acceptTermsOf(db, member!)
  }
  const file = { id: file_ids[0]!, name: 'app.tar.gz' }
  const link = linkTo(portal.config, victim, file).split('/').at(-2)!
  const { key_id } = await db.selectFrom('release_files').select('key_id').executeTakeFirstOrThrow()
  const names_of_files = { name: file.name, signature: `${file.name}.minisig`, link: decodeURIComponent(link) }
  Object.assign(names, { product: product.code, version: '1.0', key_of_files: key_id, ...names_of_files })
  await aStagedRelease(world)
}

/** With a file and an upload; new ones for whoever may remove them. */
async function aStagedRelease(world: World): Promise<void> {
  const { portal, names, product } = world
  const { db, config } = portal
  const system = systemActor('test')
  const version = `staged ${++world.stagedReleases}`
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
async function somePeople(world: World): Promise<void> {
  const { portal, names, victim } = world
  const { db, config } = portal
  const guest = { email: 'guest@victim.example', role: 'viewer' } as const
  const invited = await inviteMember(db, victim, guest, config)
  assert.ok(invited.ok)
  const { id: member } = await userCalled(world, 'viewer@victim.example')
  const { id: user_id } = await userCalled(world, 'stranger@else.example')
  const access = uuidv7()
  const request = { id: access, organization_id: victim.organization_id, user_id, requested_at: new Date() }
  await db.insertInto('access_requests').values(request).execute()
  Object.assign(names, { member, access, invitation: invited.invitation_id, token: 'x', feed: 'x.ics' })
}

function userCalled(world: World, email: string) {
  const { portal } = world
  return portal.db.selectFrom('auth.user').select('id').where('email', '=', email).executeTakeFirstOrThrow()
}

/** A new one for whoever may remove it. */
async function aCustomerNumber(world: World): Promise<void> {
  const { portal, names, victim } = world
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
async function aSearch(world: World): Promise<void> {
  const { portal, names, victim } = world
  const search = uuidv7()
  const { organization_id, user_id } = victim
  const row = { id: search, organization_id, user_id, name: 'Soon', query: '', for_all: true, created_at: new Date() }
  await portal.db.insertInto('saved_searches').values(row).execute()
  names.search = search
}

/** A new one for whoever may publish or discard it. */
async function aDraftOfACampaign(world: World): Promise<void> {
  const { portal, names } = world
  names.campaign = (await aDraftCampaign(portal.db, await threeVersions(portal.db))).campaign_id
}

/** A new one for whoever may remove it. */
async function aShare(world: World): Promise<void> {
  const { portal, names, victim } = world
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

async function aTransfer(world: World): Promise<void> {
  const { portal, names, victim } = world
  const { db, config } = portal
  const what = { quantity: null, with_comments: false, with_fields: false, message: '' }
  const offer = { email: 'someone@far.example', serials: names.serial!, ...what }
  const offered = await offerTransfer(db, victim, offer, config)
  assert.ok(offered.ok)
  names.transfer = offered.transfer_id
}

/** One that the victim granted, one that a customer granted to it, and questions in both directions. */
async function someDelegations(world: World): Promise<void> {
  const { portal, names, victim } = world
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
async function aComment(world: World): Promise<void> {
  const { portal, names } = world
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
async function anUpgrade(world: World): Promise<void> {
  const { portal, names, victim } = world
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
async function aBulk(world: World): Promise<void> {
  const { portal, names, victim } = world
  const list = { columns: [], lines: [{ serial: names.serial!, cells: [] }], repeated: 0 }
  const started = await startBulkFromList(portal.db, victim, list)
  assert.ok(started.ok)
  names.bulk = started.bulk_id
}

/** A new one for whoever may change or discard it. */
async function aDraft(world: World): Promise<void> {
  const { portal, names, victim, product } = world
  const { serial: serial_in_draft } = await aLicense(portal.db, product)
  const { draft_id: draft } = await aVerifiedDraft(portal.db, victim, [serial_in_draft])
  Object.assign(names, { draft, serial_in_draft })
}

/** A route's address, with the victim's things in it. */
export function addressOf(world: World, path: string): string {
  const { names } = world
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

/** Calls a route; cookies stay as they were. */
export async function ask(world: World, caller: Caller, { method, path }: Route): Promise<Outcome> {
  const { visitors } = world
  const visitor = visitors.get(caller)!
  const before = new Map(visitor.cookies)
  const address = addressOf(world, path)
  const answer = method === 'GET' ? await visitor.get(address) : await visitor.post(address)
  const ends = path === urls.accounts.signOut.pattern || path === urls.partner.stop.pattern
  if (ends && caller !== 'anonymous' && answer.status === 303) visitors.set(caller, await browserOf(world, caller))
  else restore(visitor, before)
  return outcomeOf(answer.status)
}

function restore({ cookies }: Visitor, before: Map<string, string>): void {
  cookies.clear()
  for (const [name, value] of before) cookies.set(name, value)
}

/** Things that the route removes or changes, made anew, so that the next caller finds them. */
export async function renew(world: World, route: Route): Promise<void> {
  const { method, path } = route
  if (method === 'POST' && path.includes(':draft')) await (isUpgrade(route) ? anUpgrade(world) : aDraft(world))
  if (method === 'POST' && path.includes(':customer')) await aCustomerNumber(world)
  if (path.includes(':bulk')) await aBulk(world)
  if (path.includes(':campaign')) await aDraftOfACampaign(world)
  if (path.includes(':share')) await aShare(world)
  if (/:(asking|asked|delegation)/.test(path)) await someDelegations(world)
  if (/:(release|upload)\b/.test(path)) await aStagedRelease(world)
}

/** Everything that belongs to somebody, as one text. */
export async function everything(world: World): Promise<string> {
  const { portal } = world
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
  const parts = [...tables, ...upgraded, ...asked, ...own, ...software, ...people, 'events', 'mails', 'addresses'].map(
    (table) => sql`select ${table} as name, md5(string_agg(t::text, '|' order by t::text)) from ${sql.table(table)} t`,
  )
  const { rows } = await sql`${sql.join(parts, sql` union all `)} order by 1`.execute(portal.db)
  return JSON.stringify(rows)
}

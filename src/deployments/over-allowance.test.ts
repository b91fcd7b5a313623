/** Moves over the allowance: asked for, bridged by a temporary key, accepted, refused, withdrawn, left undecided. */
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { aDeployedLicense, deployed } from '../../test/deploying.ts'
import { verify } from '../../test/issuing.ts'
import { aMember } from '../../test/licensing.ts'
import { openPortal, type Portal } from '../../test/portal.ts'
import { jobs } from '../jobs.ts'
import { activeSigner } from '../keys/index.ts'
import { type Actor, dayOf, type Member, type Operator, systemActor } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { uuidv7 } from '../platform/ids.ts'
import { runDueJobs } from '../platform/jobs/index.ts'
import type { Issuing } from '../registration/index.ts'
import { requestKinds } from '../request-kinds.ts'
import { decideRequest } from '../requests/decide-request.ts'
import { withdrawRequest } from '../requests/withdraw-request.ts'
import { deployLicense } from './deploy-license.ts'
import { getDeployment } from './queries.ts'
import { daysAfter, rehostLicense } from './rehost-license.ts'
import { reissueKeys } from './reissue-keys.ts'
import { returnLicense } from './return-license.ts'
import { settleTemporaryKeys } from './settle-temporary-keys.ts'
import { splitLicense } from './split-license.ts'

let portal: Portal
let db: Db
let actor: Member
let issuing: Issuing

beforeEach(async (t) => {
  portal = await openPortal(t as never, { KEY_ENCRYPTION_KEY: Buffer.alloc(32, 5).toString('base64') })
  db = portal.db
  issuing = { config: portal.config, signer: await activeSigner(db, portal.config) }
  actor = await aMember(db)
})

const host = (id: string) => ({ type: 'hostname', id })
const soon = () => daysAfter(actor.now, 14)

async function move(serial: string, from: string, to: string, more: object = {}) {
  const license = await getDeployment(db, actor, serial)
  const key = license.keys.find((key) => key.host?.id === from)?.id ?? ''
  const typed = { quantity: null, reason: 'The machine burnt down' }
  const input = { serial, revision: license.revision, key, host: host(to), ...typed, ...more }
  return rehostLicense(db, actor, input, issuing)
}

/** A license without moves left, of which a part is on its new host by a temporary key. */
async function aRequestedMove(quantity: number | null = null, hosts: Record<string, number> = { old: 10 }) {
  const license = await aDeployedLicense(db, actor, issuing, { allowance: 0, hosts })
  const result = await move(license.serial, 'old', 'new', { quantity })
  assert.ok(result.ok)
  return { ...license, number: result.request_number!, key: result.keys[0]! }
}

async function anOperator(): Promise<Operator> {
  const user_id = uuidv7()
  await db
    .insertInto('auth.user')
    .values({ id: user_id, name: 'Olga', email: `${user_id}@vendor.example`, emailVerified: true })
    .execute()
  await db.insertInto('operators').values({ user_id, role: 'support', created_at: actor.now }).execute()
  const now = new Date()
  const base: Actor = { ...systemActor('Olga', now), kind: 'operator', today: dayOf(now, 'UTC') }
  return { ...base, user_id, operator_role: 'support' } as Operator
}

async function decide(number: string, decision: 'accept' | 'refuse') {
  const reason = decision === 'refuse' ? 'Too often' : null
  const result = await decideRequest(portal.services, await anOperator(), { number, decision, reason }, requestKinds)
  await runDueJobs(portal.services, jobs)
  return result
}

const keyOf = (id: string) => db.selectFrom('license_keys').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

async function actionsOf(license_id: string): Promise<string[]> {
  const query = db.selectFrom('events').select('action').where('license_id', '=', license_id)
  return (await query.orderBy('chain_number').execute()).map(({ action }) => action)
}

async function mailsOf(template: string): Promise<string[]> {
  const rows = await db.selectFrom('mails').select('to_address').where('template', '=', template).execute()
  return rows.map(({ to_address }) => to_address)
}

test('over the allowance a request is opened and a temporary key works at once', async () => {
  const { id, serial, key } = await aRequestedMove()
  assert.deepEqual(await deployed(db, serial), ['new 10 temporary'])
  const { expires_on, file_content } = await keyOf(key)
  assert.equal(expires_on, soon())
  const verified = await verify(db, file_content!, host('new'))
  assert.ok(verified.status === 'valid')
  assert.equal(verified.license.temporary, true)
  assert.equal(verified.license.exp, Date.parse(`${daysAfter(actor.now, 15)}T00:00:00Z`) / 1000)
  const actions = await actionsOf(id)
  assert.deepEqual(actions.slice(1), ['request.opened', 'license.rehosted_temporarily'])
  assert.deepEqual(await mailsOf('deployment.temporary'), ['tess@example.com'])
  assert.equal((await getDeployment(db, actor, serial)).allowance.used, 0)
})

test('the operator must be told why', async () => {
  const { serial } = await aDeployedLicense(db, actor, issuing, { allowance: 0 })
  assert.deepEqual(await move(serial, 'old-host', 'new', { reason: null }), { ok: false, refusal: 'reason_missing' })
  assert.deepEqual(await deployed(db, serial), ['old-host 10'])
})

test('while it is undecided there is no second request, no split and no return; the rest goes on', async () => {
  const { serial } = await aRequestedMove(2, { old: 6, other: 2 })
  assert.deepEqual(await deployed(db, serial), ['new 2 temporary', 'old 4', 'other 2'])
  assert.deepEqual(await move(serial, 'old', 'third'), { ok: false, refusal: 'request_open' })
  assert.deepEqual(await move(serial, 'new', 'third'), { ok: false, refusal: 'request_open' })
  assert.deepEqual(await move(serial, 'old', 'new'), { ok: false, refusal: 'host_in_use' })
  const at = async () => ({ serial, revision: (await getDeployment(db, actor, serial)).revision })
  const split = await splitLicense(db, actor, { ...(await at()), key_ids: [], quantity: 1 }, issuing)
  const given = await returnLicense(db, actor, { ...(await at()), typed: serial }, issuing)
  assert.deepEqual([split, given], Array(2).fill({ ok: false, refusal: 'request_open' }))
  assert.ok((await deployLicense(db, actor, { ...(await at()), host: host('third'), quantity: 1 }, issuing)).ok)
  assert.ok((await reissueKeys(db, actor, await at(), issuing)).ok)
  assert.deepEqual(await deployed(db, serial), ['new 2 temporary', 'old 4', 'other 2', 'third 1'])
})

test('accepted, the final key takes the place of the temporary one and counts as no move', async () => {
  const { id, serial, number, key } = await aRequestedMove(4)
  assert.deepEqual(await decide(number, 'accept'), { ok: true })
  assert.deepEqual(await deployed(db, serial), ['new 4', 'old 6'])
  assert.ok((await keyOf(key)).superseded_at)
  const { allowance, keys, request_number } = await getDeployment(db, actor, serial)
  assert.deepEqual([allowance.used, request_number], [0, null])
  const final = await keyOf(keys.find(({ host }) => host?.id === 'new')!.id)
  assert.deepEqual([final.replaces_id, final.expires_on], [key, null])
  assert.ok((await actionsOf(id)).includes('license.rehost_granted'))
  assert.deepEqual(await mailsOf('deployment.final'), ['tess@example.com'])
  assert.deepEqual(await mailsOf('request.accepted'), [actor.email])
})

test('refused, the old host has its quantity back and the temporary key ends', async () => {
  const { id, serial, number, key } = await aRequestedMove(4)
  assert.deepEqual(await decide(number, 'refuse'), { ok: true })
  assert.deepEqual(await deployed(db, serial), ['old 10'])
  assert.ok((await keyOf(key)).superseded_at)
  assert.ok((await actionsOf(id)).includes('license.rehost_undone'))
  assert.deepEqual(await mailsOf('deployment.restored'), ['tess@example.com'])
  await runDueJobs(portal.services, jobs)
  assert.equal((await actionsOf(id)).filter((action) => action === 'license.rehost_undone').length, 1)
})

test('withdrawn, it ends as if refused, also after the temporary key was extended', async () => {
  const { serial, number } = await aRequestedMove()
  await settleTemporaryKeys(db, issuing, new Date(actor.now.getTime() + 13 * 86_400_000))
  await withdrawRequest(db, actor, number, requestKinds, portal.config)
  await runDueJobs(portal.services, jobs)
  assert.deepEqual(await deployed(db, serial), ['old 10'])
})

test('left undecided, the temporary key is extended as often as it takes, and told each time', async () => {
  const { id, serial, key } = await aRequestedMove()
  const after = (days: number) => new Date(actor.now.getTime() + days * 86_400_000)
  for (const day of [1, 11]) await settleTemporaryKeys(db, issuing, after(day))
  assert.equal((await getDeployment(db, actor, serial)).keys[0]!.id, key)
  for (const day of [12, 13, 24, 36]) await settleTemporaryKeys(db, issuing, after(day))
  assert.deepEqual(await deployed(db, serial), ['new 10 temporary'])
  assert.equal((await getDeployment(db, actor, serial)).keys[0]!.expires_on, daysAfter(after(36), 14))
  const extended = (await actionsOf(id)).filter((action) => action === 'license.temporary_key_extended')
  assert.equal(extended.length, 3)
  assert.equal((await mailsOf('deployment.extended')).length, 3)
})

test('a temporary key ends with its license, which no extension prolongs', async () => {
  const ends_on = daysAfter(actor.now, 5)
  const { serial } = await aDeployedLicense(db, actor, issuing, { allowance: 0, ends_on })
  assert.ok((await move(serial, 'old-host', 'new')).ok)
  const [key] = (await getDeployment(db, actor, serial)).keys
  assert.equal(key!.expires_on, ends_on)
  await settleTemporaryKeys(db, issuing, new Date(actor.now.getTime() + 4 * 86_400_000))
  assert.equal((await getDeployment(db, actor, serial)).keys[0]!.id, key!.id)
})

test('a license that has not started yet gets its temporary key for the days after its start', async () => {
  const { id, serial } = await aDeployedLicense(db, actor, issuing, { allowance: 0 })
  const starts_on = daysAfter(actor.now, 60)
  await db.updateTable('licenses').set({ starts_on }).where('id', '=', id).execute()
  assert.ok((await move(serial, 'old-host', 'new')).ok)
  const [key] = (await getDeployment(db, actor, serial)).keys
  assert.equal(key!.expires_on, daysAfter(actor.now, 74))
})

test('a license that changed hands is not brought back to life by a late decision', async () => {
  const { id, serial, number } = await aRequestedMove()
  await db.updateTable('license_keys').set({ revoked_at: new Date() }).where('license_id', '=', id).execute()
  assert.deepEqual(await decide(number, 'accept'), {
    ...{ ok: false, refusal: 'impossible', text: 'deployments.request.gone' },
  })
  assert.deepEqual(await decide(number, 'refuse'), { ok: true })
  assert.deepEqual(await deployed(db, serial), [])
})

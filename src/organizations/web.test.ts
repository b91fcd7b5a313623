import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anAccount, openPortal, signedIn } from '../../test/portal.ts'
import { Visitor } from '../../test/visitor.ts'

async function annOfTwo(t: Parameters<typeof openPortal>[0]) {
  const portal = await openPortal(t)
  const ann = await anAccount(portal, 'ann@acme.example', { company: 'Acme' })
  const bob = await anAccount(portal, 'bob@globex.example', { company: 'Globex' })
  const eve = await anAccount(portal, 'eve@evil.example', { company: 'Evil' })
  const membership = {
    organization_id: bob.organization_id,
    user_id: ann.user_id,
    role: 'viewer',
    created_at: new Date(),
  }
  await portal.db
    .insertInto('memberships')
    .values(membership as never)
    .execute()
  portal.app.get('/who', (c) => c.json(c.var.visitor ?? null))
  const who = async (visitor: Visitor) => JSON.parse((await visitor.get('/who')).html)
  return { portal, ann, bob, eve, who }
}

test('POST /organizations/current switches this session, and its role with it', async (t) => {
  const { portal, ann, bob, who } = await annOfTwo(t)
  const visitor = await signedIn(portal, 'ann@acme.example')
  const elsewhere = await signedIn(portal, 'ann@acme.example')
  assert.equal((await who(visitor)).organization_id, ann.organization_id, 'the first joined')
  const answer = await visitor.post('/organizations/current', { organization_id: bob.organization_id })
  assert.deepEqual([answer.status, answer.location], [303, '/'])
  const switched = await who(visitor)
  assert.deepEqual([switched.organization_id, switched.role], [bob.organization_id, 'viewer'])
  assert.equal((await who(elsewhere)).organization_id, ann.organization_id, 'another session stays')
})

test('POST /organizations/current refuses organizations of others like ones that do not exist', async (t) => {
  const { portal, ann, eve, who } = await annOfTwo(t)
  const visitor = await signedIn(portal, 'ann@acme.example')
  const foreign = await visitor.post('/organizations/current', { organization_id: eve.organization_id })
  const unknown = await visitor.post('/organizations/current', {
    organization_id: '01900000-0000-7000-8000-000000000000',
  })
  assert.equal(foreign.status, 404)
  assert.equal(unknown.status, 404)
  assert.equal((await visitor.post('/organizations/current', { organization_id: 'x' })).status, 422)
  assert.equal((await new Visitor(portal.app).post('/organizations/current', {})).status, 401)
  assert.equal((await who(visitor)).organization_id, ann.organization_id)
})

test('who is no longer a member of the chosen organization works for the first joined again', async (t) => {
  const { portal, ann, bob, who } = await annOfTwo(t)
  const visitor = await signedIn(portal, 'ann@acme.example')
  await visitor.post('/organizations/current', { organization_id: bob.organization_id })
  await portal.db
    .deleteFrom('memberships')
    .where('user_id', '=', ann.user_id)
    .where('organization_id', '=', bob.organization_id)
    .execute()
  const now = await who(visitor)
  assert.deepEqual([now.organization_id, now.role], [ann.organization_id, 'administrator'])
})

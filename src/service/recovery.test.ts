import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshDatabase } from '../../test/database.ts'
import { aMember } from '../../test/licensing.ts'
import { anOperator, requestConfig } from '../../test/requests.ts'
import type { Actor } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { uuidv7 } from '../platform/ids.ts'
import { requestKinds } from '../request-kinds.ts'
import { decideRequest, listOwnRequests, type Person } from '../requests/index.ts'
import { askRecovery } from './ask.ts'

const config = { ...requestConfig(), key_encryption_key: 'x'.repeat(43) }

async function ask(db: Db, actor: Person, organization: string, customer_number = ''): Promise<string> {
  const given = { request_id: uuidv7(), organization, customer_number, description: 'They left.' }
  return (await askRecovery({ db, config }, actor, given)).request
}

const process = (
  db: Db,
  robin: Actor,
  number: string,
  chosen: Record<string, string>,
  reason: string | null = 'Checked.',
) => decideRequest({ db, config }, robin, { number, decision: 'accept', reason, chosen }, requestKinds)
const nameOf = async (db: Db, id: string) =>
  (await db.selectFrom('organizations').select('name').where('id', '=', id).executeTakeFirstOrThrow()).name
const roleOf = (db: Db, organization_id: string, user_id: string) =>
  db
    .selectFrom('memberships')
    .select('role')
    .where('organization_id', '=', organization_id)
    .where('user_id', '=', user_id)
    .executeTakeFirst()

/** Signed in, but works for no organization. */
async function somebody(db: Db): Promise<Person> {
  const member = await aMember(db)
  await db.deleteFrom('memberships').where('user_id', '=', member.user_id).execute()
  return { ...member, organization_id: null, role: null }
}

test('a member becomes administrator by an operator’s reason; the other administrators are told', async (t) => {
  const { db } = await freshDatabase(t)
  const gone = await aMember(db, { role: 'administrator', locale: 'fr' })
  const { organization_id } = gone
  const ann = await aMember(db, { organization_id, role: 'viewer' })
  const number = await ask(db, ann, await nameOf(db, organization_id))
  const robin = await anOperator(db)
  assert.deepEqual(await process(db, robin, number, { organization: organization_id }), { ok: true })
  assert.equal((await roleOf(db, organization_id, ann.user_id))?.role, 'administrator')
  const mails = await db.selectFrom('mails').selectAll().where('template', '=', 'member-appointed').execute()
  assert.deepEqual(
    mails.map(({ to_address, locale }) => [to_address, locale]),
    [[gone.email, 'fr']],
  )
  assert.match(mails[0]!.text, /Checked\./)
  const [line] = await db.selectFrom('events').selectAll().where('action', '=', 'member.appointed').execute()
  assert.deepEqual(line?.details, { before: 'viewer', after: 'administrator', reason: 'Checked.' })
})

test('somebody without organization asks alone, sees the request alone, and may be appointed', async (t) => {
  const { db } = await freshDatabase(t)
  const { organization_id } = await aMember(db)
  const [ann, bob] = [await somebody(db), await somebody(db)]
  const name = await nameOf(db, organization_id)
  const number = await ask(db, ann, name.toUpperCase())
  const seen = async (person: Person) => (await listOwnRequests(db, person)).requests.map((request) => request.number)
  assert.deepEqual([await seen(ann), await seen(bob)], [[number], []])
  assert.deepEqual(
    (await db.selectFrom('mails').select('to_address').execute()).map((mail) => mail.to_address),
    [ann.email],
  )
  assert.deepEqual(await process(db, await anOperator(db), number, { organization: organization_id }), { ok: true })
  assert.equal((await roleOf(db, organization_id, ann.user_id))?.role, 'administrator')
  assert.deepEqual(await seen({ ...ann, organization_id, role: 'administrator' }), [number])
  assert.deepEqual(await seen({ ...bob, organization_id, role: 'viewer' }), [], 'it stays the asker’s alone')
})

test('without a reason, or with an organization that was not offered, nobody is appointed', async (t) => {
  const { db } = await freshDatabase(t)
  const [{ organization_id }, other] = [await aMember(db), await aMember(db)]
  const ann = await somebody(db)
  const robin = await anOperator(db)
  const number = await ask(db, ann, await nameOf(db, organization_id))
  const refusals = [
    await process(db, robin, number, { organization: organization_id }, null),
    await process(db, robin, number, { organization: other.organization_id }),
    await process(db, robin, number, {}),
    await process(db, robin, number, { organization_name: 'No such' }),
  ]
  assert.deepEqual(
    refusals.map((each) => !each.ok && each.refusal === 'impossible' && each.text),
    ['reason_missing', 'choose', 'choose', 'choose'].map((text) => `service.recovery.${text}`),
  )
  assert.equal(await roleOf(db, organization_id, ann.user_id), undefined)
  const named = await process(db, robin, number, { organization_name: await nameOf(db, other.organization_id) })
  assert.deepEqual(named, { ok: true }, 'the operator may know better than the name that was given')
})

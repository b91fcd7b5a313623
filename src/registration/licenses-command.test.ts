import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { before, type TestContext, test } from 'node:test'
import { commandIo } from '../../test/command-io.ts'
import { verify } from '../../test/issuing.ts'
import { aLicense, aProduct } from '../../test/licensing.ts'
import { anAccount, openPortal, type Portal } from '../../test/portal.ts'
import { licensesCommand } from './licenses-command.ts'

let portal: Portal
let email: string

before(async (t) => {
  portal = await openPortal(t as never, { KEY_ENCRYPTION_KEY: randomBytes(32).toString('base64') })
  email = (await anAccount(portal, 'buyer@example.com')).email
})

/** Runs the command in a folder of its own. */
async function run(t: TestContext, ...args: string[]) {
  const cwd = mkdtempSync(join(tmpdir(), 'keyport-cli-'))
  t.after(() => rmSync(cwd, { recursive: true }))
  const io = commandIo(cwd)
  const code = await licensesCommand(portal.services, args, io)
  const { stdout, stderr } = io.written()
  return {
    code,
    cwd,
    stdout,
    stderr,
    json: stdout.startsWith('[') || stdout.startsWith('{') ? JSON.parse(stdout) : undefined,
  }
}

const register = (t: TestContext, ...args: string[]) =>
  run(t, 'register', '--as', email, ...args, '--out', 'keys', '--json')

test('licenses register prints each serial number with its key or the name of its file', async (t) => {
  const [coded, filed] = [await aProduct(portal.db, { key_scheme: 'code' }), await aProduct(portal.db)]
  const node = await aProduct(portal.db, { key_scheme: 'file_host' })
  const none = await aProduct(portal.db, { key_scheme: 'none' })
  const licenses = [
    await aLicense(portal.db, coded),
    await aLicense(portal.db, filed),
    await aLicense(portal.db, node),
    await aLicense(portal.db, none),
  ]
  const serials = licenses.map(({ serial }) => serial)
  const { code, json, cwd } = await register(t, ...serials, '--host', 'mac:00-1A-2B-3C-4D-5E')
  assert.equal(code, 0)
  assert.deepEqual(
    json.map((one: { serial: string }) => one.serial),
    serials,
  )
  assert.match(json[0].key, /^[0-9A-Z-]{29}$/)
  assert.deepEqual([json[3].key_id, json[3].key], [null, null])
  assert.deepEqual(readdirSync(join(cwd, 'keys')).sort(), [json[1].file, json[2].file].sort())
  for (const [n, host] of [
    [1, undefined],
    [2, { type: 'mac', id: '00:1a:2b:3c:4d:5e' }],
  ] as const) {
    const verified = await verify(portal.db, readFileSync(join(cwd, 'keys', json[n].file), 'utf8'), host)
    assert.ok(verified.status === 'valid')
    assert.equal(verified.license.jti, json[n].key_id)
  }
})

test('a refusal is JSON with code and text for each serial number; nothing is registered and no draft stays', async (t) => {
  const free = await aLicense(portal.db, await aProduct(portal.db))
  const { code, json } = await register(t, free.serial, 'M9999999999')
  assert.equal(code, 1)
  assert.equal(json.code, 'refused_serials')
  assert.deepEqual(
    json.serials.map((one: { serial: string; code: string }) => [one.serial, one.code]),
    [['M9999999999', 'not_found']],
  )
  assert.ok(json.serials[0].text.length > 10)
  const row = await portal.db
    .selectFrom('licenses')
    .select('registered_at')
    .where('id', '=', free.id)
    .executeTakeFirst()
  assert.equal(row?.registered_at, null)
  const drafts = portal.db.selectFrom('registration_drafts').select('id').where('discarded_at', 'is', null)
  assert.deepEqual(await drafts.where('completed_at', 'is', null).execute(), [])
})

test('a serial number registered before, a missing host and a malformed serial number have codes of their own', async (t) => {
  const mine = await aLicense(portal.db, await aProduct(portal.db))
  assert.equal((await register(t, mine.serial)).code, 0)
  assert.equal((await register(t, mine.serial)).json.serials[0].code, 'registered_by_you')
  const node = await aLicense(portal.db, await aProduct(portal.db, { key_scheme: 'file_host' }))
  const incomplete = (await register(t, node.serial)).json
  assert.deepEqual([incomplete.code, incomplete.serials[0].code], ['incomplete', 'host_missing'])
  assert.equal((await register(t, node.serial, '--host', 'mac:nonsense')).json.serials[0].code, 'host_invalid')
  assert.equal((await register(t, 'x')).json.serials[0].code, 'not_found')
})

test('an unknown user and a viewer are refused, and wrong arguments print the usage', async (t) => {
  const unknown = await run(t, 'register', '--as', 'nobody@example.com', 'M1234567890', '--json')
  assert.deepEqual([unknown.code, unknown.json.code], [1, 'unknown_user'])
  for (const args of [
    [],
    ['register'],
    ['register', '--as', email],
    ['register', '--as', email, 'M1234567', '--host', 'x'],
  ]) {
    const { code, stderr } = await run(t, ...args)
    assert.equal(code, 2)
    assert.match(stderr, /^Usage/)
  }
})

test('an answer that a product asks for is given with --field', async (t) => {
  const fields_schema = { type: 'object', required: ['seats'], properties: { seats: { type: 'integer', minimum: 1 } } }
  const license = await aLicense(portal.db, await aProduct(portal.db, { fields_schema }))
  assert.equal((await register(t, license.serial)).json.serials[0].code, 'fields_invalid')
  assert.equal((await register(t, license.serial, '--field', 'seats=5')).code, 0)
})

import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { Jwks } from '@keyport/license'
import fc from 'fast-check'
import { freshDatabase } from '../../test/database.ts'
import { anIssuing } from '../../test/issuing.ts'
import {
  type LicenseFacts,
  licenseClaims,
  listSigningKeys,
  makeLicenseFile,
  makeSignedKey,
  type Signer,
} from '../keys/index.ts'
import type { Db } from '../platform/db/index.ts'
import { uuidv7 } from '../platform/ids.ts'
import { diagnose, type Lists, MAX_BYTES, type Verdict } from './diagnose.ts'

const at = new Date('2026-06-15T10:00:00Z')
let db: Db
let signer: Signer
let keys: Jwks

before(async (t) => {
  ;({ db } = await freshDatabase(t as never))
  ;({ signer } = await anIssuing(db))
  keys = { keys: (await listSigningKeys(db)).map(({ public_jwk }) => public_jwk) } as unknown as Jwks
})

function claimsOf(given: Partial<LicenseFacts> = {}) {
  return licenseClaims({
    issuer: 'https://vendor.example',
    key_id: uuidv7(),
    issued_at: new Date('2026-01-01T00:00:00Z'),
    serial: 'M0123456789',
    product: { code: 'ATLAS-PRO', name: 'Atlas Pro', version: '7.1' },
    kind: 'product',
    quantity: 25,
    meter: 'device',
    registered_to: 'ACME “Größe” GmbH',
    customer_number: '4711',
    host: null,
    starts_on: null,
    ends_on: null,
    maintenance_until: '2027-03-31' as never,
    features: { backup: true },
    warn_days: 30,
    grace_days: 10,
    replaces: [],
    temporary: false,
    ...given,
  })
}
const file = (given: Partial<LicenseFacts> = {}) => makeLicenseFile(signer, claimsOf(given))
const key = (given: Partial<LicenseFacts> = {}) => makeSignedKey(signer, claimsOf(given))

const lists = (revocations: () => Promise<string[]> = nobody): Lists => ({ keys: async () => keys, revocations })
/** Nobody is on the list. */
async function nobody(): Promise<string[]> {
  return [await listOf([])]
}
async function listOf(revoked: object[], iss = 'https://vendor.example'): Promise<string> {
  const { signRevocationPage } = await import('../keys/revocations.ts')
  return signRevocationPage(signer, iss, { entries: revoked as never, next: undefined }, at)
}

const look = (input: string | Uint8Array, more: { host_id?: string } = {}) => diagnose(input, lists(), { at, ...more })
const bytes = (text: string) => new TextEncoder().encode(text)

test('a good file and a good key are valid as they are, with byte order mark and Windows line ends, too', async () => {
  const [good, short] = [await file(), await key()]
  for (const input of [good, bytes(good), bytes(`\ufeff${good.replaceAll('\n', '\r\n')}\r\n`), short, `  ${short}\n`]) {
    const { verdict, license, repairs, unsure } = await look(input)
    assert.deepEqual(
      { verdict, repairs, unsure, serial: license?.serial },
      {
        verdict: 'valid',
        repairs: [],
        unsure: false,
        serial: 'M0123456789',
      },
    )
  }
})

test('each date has its verdict', async () => {
  const expected: [Partial<LicenseFacts>, Verdict][] = [
    [{ ends_on: '2026-12-31' as never }, 'valid'],
    [{ ends_on: '2026-06-30' as never }, 'expiring'],
    [{ ends_on: '2026-06-10' as never }, 'grace'],
    [{ ends_on: '2026-06-01' as never }, 'expired'],
    [{ starts_on: '2026-07-01' as never }, 'not_yet_valid'],
  ]
  for (const [given, verdict] of expected) {
    assert.equal((await look(await file(given))).verdict, verdict)
    assert.equal((await look(await key(given))).verdict, verdict)
  }
})

test('the typed host ID is compared in whatever way it is written', async () => {
  const bound = await file({ host: { type: 'mac', id: '00:1a:2b:3c:4d:5e' } })
  assert.equal((await look(bound)).verdict, 'valid')
  assert.equal((await look(bound, { host_id: ' 00-1A-2B-3C-4D-5E ' })).verdict, 'valid')
  assert.equal((await look(bound, { host_id: '00-1A-2B-3C-4D-5F' })).verdict, 'wrong_host')
  assert.equal((await look(await file(), { host_id: 'anything' })).verdict, 'valid')
})

test('what was withdrawn or replaced is told apart, and outranks the dates', async () => {
  const old = { ends_on: '2026-01-31' as never }
  const [moved, replaced] = [claimsOf(old), claimsOf()]
  const revoked = [
    { jti: moved.jti, at: 1_780_000_000, reason: 'rehosted' },
    { jti: replaced.jti, at: 1_780_000_000, reason: 'rehosted', replaced_by: uuidv7() },
  ]
  const withList = lists(async () => [await listOf([]), await listOf(revoked)])
  const check = async (claims: typeof moved) => diagnose(await makeLicenseFile(signer, claims), withList, { at })
  assert.equal((await check(moved)).verdict, 'revoked')
  assert.equal((await check(replaced)).verdict, 'superseded')
  assert.equal((await check(claimsOf(old))).verdict, 'expired')
})

test('without a revocation list, or with a stranger’s, the doctor says that it does not know', async () => {
  const failing = lists(() => Promise.reject(new Error('offline')))
  const foreign = lists(async () => [await listOf([], 'https://other.example')])
  for (const each of [failing, foreign]) {
    const { verdict, unsure } = await diagnose(await file(), each, { at })
    assert.deepEqual({ verdict, unsure }, { verdict: 'valid', unsure: true })
  }
  const keyless = { ...lists(), keys: () => Promise.reject(new Error('offline')) }
  assert.equal((await diagnose(await file(), keyless, { at })).verdict, 'no_keys')
})

test('altered, foreign and newer licenses show nothing of what they claim', async () => {
  const good = await file()
  const { payload } = JSON.parse(good)
  const cheated = Buffer.from(payload, 'base64url').toString().replace('"quantity":25', '"quantity":99')
  const altered = good.replace(payload, Buffer.from(cheated).toString('base64url'))
  const other = await freshDatabase()
  const foreign = await makeLicenseFile((await anIssuing(other.db)).signer, claimsOf())
  await other.close()
  const short = await key()
  const signature = short.lastIndexOf('.') + 1
  const wrong = short.slice(0, signature) + (short[signature] === 'A' ? 'B' : 'A') + short.slice(signature + 1)
  const expected: [string, Verdict][] = [
    [altered, 'altered'],
    [wrong, 'altered'],
    [foreign, 'unknown_key'],
    [short.replace(/^K1\./, 'K2.'), 'too_new'],
  ]
  for (const [input, verdict] of expected) {
    const found = await look(input)
    assert.deepEqual([found.verdict, found.license, found.signed_by], [verdict, undefined, undefined], input)
  }
})

test('what mail programs and editors did is undone and named', async () => {
  const good = await file()
  const short = await key()
  const wrapped = short.replace(/(.{60})/g, '$1\n')
  const quoted = good.split('\n').map((line) => `> ${line}`)
  const mime = Buffer.from(good)
    .toString('base64')
    .replace(/(.{76})/g, '$1\r\n')
  const soft = good.replaceAll('=', '=3D').replace(/(.{70})/g, '$1=\r\n')
  const cases: [string, string | Uint8Array, string[]][] = [
    ['curly quotes', good.replaceAll('"', '”'), ['quotes']],
    ['French quotes', good.replace(/"([^"]*)"/g, '«\u00a0$1\u00a0»'), ['quotes', 'invisible', 'line_breaks']],
    ['HTML', good.replaceAll('"', '&quot;'), ['entities']],
    ['line breaks', good.replace(/(.{64})/g, '$1\r\n'), ['line_breaks']],
    ['a reply', `On Monday Ann wrote:\n${quoted.join('\n')}\n> Regards`, ['quoted_mail', 'surroundings']],
    ['an e-mail', `Dear customer,\n\nyour license:\n\n${good}\n\nKind regards`, ['surroundings']],
    ['a key in an e-mail', `Your key:\n\n${wrapped}\nKind regards, Bob.`, ['surroundings', 'line_breaks']],
    ['zero-width spaces', good.replace(/(.{90})/g, '$1\u200b'), ['invisible']],
    ['an attachment', `MIME-Version: 1.0\r\n\r\n--x\r\n\r\n${mime}\r\n--x--\r\n`, ['mail_encoding']],
    ['quoted-printable', `Hello =3D\r\n${soft}`, ['mail_encoding', 'surroundings']],
    ['UTF-16', Buffer.from(`\ufeff${good}`, 'utf16le'), ['utf16']],
  ]
  for (const [name, input, repairs] of cases) {
    const found = await look(input)
    assert.equal(found.verdict, 'valid', `${name}: ${found.verdict} ${found.repairs}`)
    assert.deepEqual(found.repairs, repairs, name)
    assert.equal((await look(found.text)).repairs.length, 0, `${name}: what is saved needs no repair`)
  }
})

test('the rest has a verdict of its own', async () => {
  const [good, short] = [await file(), await key()]
  const expected: [string | Uint8Array, Verdict][] = [
    ['', 'empty'],
    [' \n\t ', 'empty'],
    [new Uint8Array(), 'empty'],
    [good.slice(0, good.length / 2), 'truncated'],
    [good.slice(0, -3), 'truncated'],
    [short.slice(0, -5), 'truncated'],
    [short.slice(0, short.lastIndexOf('.')), 'truncated'],
    [good.replace('"signatures"', '"Signatures"'), 'damaged'],
    ['M0123456789', 'code'],
    ['Dear customer, thank you.', 'not_license'],
    ['{"payload', 'not_license'],
    ['{"a": 1}', 'not_license'],
    [Buffer.from('504b0304aaaa', 'hex'), 'archive'],
    [bytes('%PDF-1.7 …'), 'pdf'],
    [Buffer.from('89504e470d0a1a0a00', 'hex'), 'binary'],
    [bytes('a\0b'), 'binary'],
    ['x'.repeat(1_000_000), 'not_license'],
    ['{"payload":"'.repeat(80_000), 'truncated'],
    ['K1.'.repeat(300_000), 'not_license'],
    ['x'.repeat(MAX_BYTES + 1), 'too_large'],
    [new Uint8Array(MAX_BYTES + 1), 'too_large'],
  ]
  for (const [input, verdict] of expected) {
    const { verdict: found } = await look(input)
    assert.equal(
      found,
      verdict,
      typeof input === 'string' ? input.slice(0, 60) : Buffer.from(input.slice(0, 20)).toString(),
    )
  }
})

test('no text whatever makes it throw, or believe a change', async () => {
  const good = await file()
  const changed = fc.tuple(fc.nat(good.length), fc.nat(20), fc.string({ unit: 'binary', maxLength: 8 }))
  await fc.assert(
    fc.asyncProperty(changed, async ([from, length, put]) => {
      const { license } = await look(good.slice(0, from) + put + good.slice(from + length))
      if (license) assert.equal(license.quantity, 25)
    }),
    { numRuns: 300 },
  )
  await fc.assert(fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => void (await look(text))))
})

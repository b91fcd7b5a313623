import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { sql } from 'kysely'
import { freshDatabase } from '../../test/database.ts'
import { testServices } from '../../test/services.ts'
import { findMemberByEmail } from '../accounts/index.ts'
import type { Services } from '../platform/services.ts'
import { demoCatalog, seedDemo } from './index.ts'

const key = Buffer.alloc(32, 1).toString('base64')

async function portal(t: TestContext): Promise<Services> {
  const DATA_DIR = await mkdtemp(join(tmpdir(), 'keyport-demo-'))
  t.after(() => rm(DATA_DIR, { recursive: true }))
  return testServices(await freshDatabase(t), { DATA_DIR, PORT: '4711', KEY_ENCRYPTION_KEY: key })
}

async function counts(all: Services) {
  const { rows } = await sql<Record<string, number>>`select (select count(*) from licenses) as licenses,
    (select count(*) from products) as products, (select count(*) from pool_keys) as pool_keys,
    (select count(*) from auth."user") as users, (select count(*) from events) as events`.execute(all.db)
  return rows[0]!
}

test('the demo fills an empty portal, once, and tells how to use it', async (t) => {
  const all = await portal(t)
  const began = performance.now()
  const demo = await seedDemo(all)
  t.diagnostic(`seeded in ${Math.round(performance.now() - began)} ms`)
  const file = join(all.config.data_dir, 'demo.json')
  assert.deepEqual(JSON.parse(await readFile(file, 'utf8')), demo)
  assert.equal((await stat(file)).mode & 0o777, 0o600)
  assert.equal(demo.url, 'http://localhost:4711')
  assert.deepEqual(
    demo.users.map(({ role, organization }) => `${role} of ${organization}`),
    [
      'administrator of Halden Maritime AS',
      'manager of Halden Maritime AS',
      'downloader of Halden Maritime AS',
      'viewer of Halden Maritime AS',
      'administrator of Atelier Vermeil SARL',
      'administrator of Fjord Software Partner AS',
      'operator of Keyport',
    ],
  )
  const before = await counts(all)
  assert.equal(before.products, demoCatalog.length)
  assert.ok(before.licenses! > 330)

  assert.deepEqual(await seedDemo(all), demo)
  assert.deepEqual(await counts(all), before)
})

test('every login of the demo is who its line says', async (t) => {
  const all = await portal(t)
  const { users } = await seedDemo(all)
  for (const { email, role, organization } of users) {
    if (role === 'operator') continue
    const member = await findMemberByEmail(all.db, email, new Date())
    assert.equal(member?.role, role, email)
    const found = await all.db
      .selectFrom('organizations')
      .select('name')
      .where('id', '=', member!.organization_id)
      .executeTakeFirstOrThrow()
    assert.equal(found.name, organization)
  }
})

test('there are serial numbers of every key scheme, each free to register', async (t) => {
  const all = await portal(t)
  const { serial_numbers } = await seedDemo(all)
  const schemes = ['code', 'file', 'file_host', 'none', 'pool', 'printed', 'signed']
  assert.deepEqual(Object.keys(serial_numbers), schemes)
  for (const scheme of schemes) assert.ok(serial_numbers[scheme]!.length >= 3, scheme)
})

test('a seeding that was cut off is completed by the next', async (t) => {
  const all = await portal(t)
  const whole = await seedDemo(all)
  const before = await counts(all)
  // As a seeding leaves it that ended before its last step.
  await sql`delete from operators`.execute(all.db)
  assert.deepEqual(await seedDemo(all), whole)
  const { events: _, ...after } = await counts(all)
  assert.deepEqual({ ...after, events: before.events }, before)
})

test('some licenses of the first company are registered, in several states', async (t) => {
  const all = await portal(t)
  await seedDemo(all)
  const { rows } = await sql<{ status: string; keys: number }>`
    select license_status(registered_at, starts_on, ends_on, grace_days, superseded_at, revoked_at, current_date) as status,
      (select count(*) from license_keys k where k.license_id = l.id) as keys
    from licenses l where registered_at is not null`.execute(all.db)
  assert.deepEqual([...new Set(rows.map(({ status }) => status))].sort(), [
    'active',
    'expiring',
    'grace',
    'start_planning',
  ])
  assert.ok(rows.every(({ keys }) => keys >= 1))
})

test('one license has used up its moves, another stands on two hosts', async (t) => {
  const all = await portal(t)
  await seedDemo(all)
  const { rows } = await sql<{ serial: string; hosts: number; left: number }>`
    select l.serial, (select count(*) from license_keys k
        where k.license_id = l.id and k.revoked_at is null and k.superseded_at is null)::int as hosts,
      (p.rehost_allowance - (select count(*) from rehosts m where m.license_id = l.id and m.counted))::int as left
    from licenses l join product_versions v on v.id = l.product_version_id join products p on p.id = v.product_id
    where l.registered_at is not null and p.key_scheme = 'file_host' order by l.serial`.execute(all.db)
  assert.deepEqual(rows, [
    { serial: 'M9000000010', hosts: 2, left: 2 },
    { serial: 'M9000000028', hosts: 1, left: 0 },
  ])
})

test('a portal in production gets no demo data', async (t) => {
  const all = await portal(t)
  await assert.rejects(seedDemo({ ...all, config: { ...all.config, production: true } }), /production/)
})

test('customers have been told about one campaign, which upgrades some of the first company’s licenses; another is a draft', async (t) => {
  const all = await portal(t)
  await seedDemo(all)
  const { rows: campaigns } = await sql<{ state: string; told: number; mails: number }>`
    select c.state, count(distinct n.id)::int as told, count(m.mail_id)::int as mails
    from campaigns c left join upgrade_notifications n on n.campaign_id = c.id
    left join upgrade_notification_mails m on m.notification_id = n.id
    group by c.id order by c.starts_on`.execute(all.db)
  assert.deepEqual(
    campaigns.map(({ state, told }) => [state, told > 0]),
    [
      ['published', true],
      ['draft', false],
    ],
  )
  const { rows: told } = await sql<{ email: string }>`
    select m.email from upgrade_notification_mails m join upgrade_notifications n on n.id = m.notification_id
    join customers b on b.id = n.customer_id where b.number = 'C900001' order by 1`.execute(all.db)
  const emails = told.map(({ email }) => email)
  assert.ok(emails.includes('ase@halden.example') && emails.includes('licensing@halden.example'), emails.join())
  const { rows: licenses } = await sql<{ serial: string; refusal: string | null }>`
    select l.serial, upgrade_refusal(l, null, b.country, c, t.released_on, current_date) as refusal
    from campaigns c join campaign_paths p on p.campaign_id = c.id join product_versions t on t.id = p.to_version_id
    join licenses l on l.product_version_id = p.from_version_id join customers b on b.id = l.customer_id
    where c.state = 'published' and b.number = 'C900001' order by 1`.execute(all.db)
  assert.deepEqual(
    licenses.map(({ serial, refusal }) => [serial.slice(-2), refusal]),
    [
      ['71', null],
      ['72', 'maintenance_lapsed'],
      ['73', 'no_maintenance'],
      ['74', null],
      ['75', null],
    ],
  )
})

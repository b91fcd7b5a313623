import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { freshDatabase } from '../../test/database.ts'
import { aLicense, aMember, aProduct } from '../../test/licenses.ts'
import { testServices } from '../../test/services.ts'
import type { Day, Member } from '../platform/actor.ts'
import { savePreferences, unsubscribe } from './preferences.ts'
import { remindAll } from './remind.ts'

type Scope = Parameters<typeof freshDatabase>[0]

async function aPortal(t: Scope) {
  const services = testServices(await freshDatabase(t))
  const { db } = services
  const owner = await aMember(db, 'administrator')
  const version = await aProduct(db, { name: 'Backup Server' })
  const license = (given: Parameters<typeof aLicense>[2]) =>
    aLicense(db, owner, { product_version_id: version, ...given })
  const run = async (day: Day) => {
    const failures = await remindAll(services, new Date(`${day}T05:23:00Z`))
    assert.deepEqual(failures, [])
    return takeMails()
  }
  const takeMails = async () => {
    const { rows } = await sql<{ to: string; subject: string; text: string; unsubscribe_url: string }>`
      delete from mails returning to_address as to, subject, text, unsubscribe_url`.execute(db)
    return rows.sort((a, b) => a.to.localeCompare(b.to))
  }
  const days = async () => {
    const { rows } = await sql<{ days: number }>`select days from reminders order by days desc`.execute(db)
    return rows.map((row) => row.days)
  }
  return { services, db, owner, license, run, days, version }
}

const to = (mails: { to: string }[]) => mails.map((mail) => mail.to)

test('an end is told 90, 60, 30 and 7 days before, once each', async (t) => {
  const { run, license, days, owner } = await aPortal(t)
  const { serial } = await license({ ends_on: '2026-12-31' })
  assert.deepEqual(await run('2026-10-01'), [], '91 days before')
  for (const day of ['2026-10-02', '2026-11-01', '2026-12-01', '2026-12-24']) {
    const [mail, ...others] = await run(day)
    assert.equal(others.length, 0)
    assert.equal(mail!.to, owner.email)
    assert.ok(mail!.text.includes(serial) && mail!.text.includes('December 31, 2026'), mail!.text)
    assert.ok(mail!.text.includes('/licenses?ends_from='))
    assert.deepEqual(await run(day), [], 'not twice')
  }
  assert.deepEqual(await days(), [90, 60, 30, 7])
  assert.deepEqual(await run('2026-12-31'), [])
  assert.deepEqual(await run('2027-01-01'), [])
})

test('a job that stood still tells the nearest of what it missed, not all of it', async (t) => {
  const { run, license, days } = await aPortal(t)
  await license({ ends_on: '2026-12-31' })
  assert.equal((await run('2026-12-05')).length, 1)
  assert.deepEqual(await days(), [30])
  assert.equal((await run('2026-12-30')).length, 1)
  assert.deepEqual(await days(), [30, 7])
})

test('what nobody has to act on is left out', async (t) => {
  const { run, license, db, owner } = await aPortal(t)
  const ends_on = '2026-12-31'
  await license({ ends_on, revoked_at: new Date(0), revoked_reason: 'refund' })
  await license({ ends_on, superseded_at: new Date(0) })
  const renewed = await license({ ends_on })
  await license({ ends_on: '2027-12-31', renews_license_id: renewed.id })
  await license({ ends_on, maintenance_until: ends_on, serial: 'KP-WITH-ITS-LICENSE' })
  const covered = await license({ maintenance_until: '2026-12-30', serial: 'KP-COVERED' })
  await license({ kind: 'maintenance', ends_on: '2026-12-30', covers_license_id: covered.id, serial: 'KP-MAINTENANCE' })
  await aLicense(db, null, { ends_on, serial: 'KP-NOBODYS' })
  const [mail] = await run('2026-12-10')
  assert.equal(mail!.to, owner.email)
  const told = ['KP-WITH-ITS-LICENSE', 'KP-COVERED']
  assert.deepEqual([...mail!.text.matchAll(/KP[-A-Z0-9]{6,}/g)].map(([serial]) => serial).sort(), told.sort())
  assert.match(mail!.text, /Maintenance ends December 30, 2026/)
})

test('managers and administrators get one mail about everything; technical contacts theirs, when it is near', async (t) => {
  const { run, license, db, owner } = await aPortal(t)
  const manager = await aMember(db, 'manager', owner)
  await aMember(db, 'downloader', owner)
  const contacts = JSON.stringify([
    { name: 'Tia', email: 'TIA@tech.example' },
    { name: 'Ada', email: owner.email },
    { name: 'Bad', email: 'no address' },
  ])
  await license({ ends_on: '2026-12-31', contacts, serial: 'KP-TIAS-OWN' })
  await license({ ends_on: '2026-12-31', serial: 'KP-SOMEBODY-ELSES' })
  const members = [owner.email!, manager.email!].sort()
  assert.deepEqual(to(await run('2026-11-01')), members, '60 days before')
  const mails = await run('2026-12-01')
  assert.deepEqual(to(mails), [...members, 'tia@tech.example'].sort())
  const text = mails.find((mail) => mail.to === 'tia@tech.example')!.text
  assert.ok(text.includes('KP-TIAS-OWN') && !text.includes('KP-SOMEBODY-ELSES'))
  assert.ok(text.includes('technical contact') && !text.includes('/licenses?'))
})

test('many licenses are told as lines by day and product, and what the mail has no room for as a number', async (t) => {
  const { run, db, owner, version } = await aPortal(t)
  for (let day = 1; day <= 20; day++) {
    const ends_on = `2026-12-${String(day).padStart(2, '0')}`
    for (let n = 0; n < 2; n++) await aLicense(db, owner, { product_version_id: version, ends_on })
  }
  const [mail] = await run('2026-11-25')
  assert.match(mail!.subject, /^40 licenses of /)
  assert.equal([...mail!.text.matchAll(/2 licenses for Backup Server/g)].length, 15)
  assert.match(mail!.text, /And more: 10 licenses/)
})

test('who said no to a topic is told nothing about it', async (t) => {
  const { run, license, db, owner } = await aPortal(t)
  const other = await aMember(db, 'manager', owner)
  await savePreferences(db, owner as Member & { user_id: string }, { wanted: ['maintenance_end'] })
  const contacts = JSON.stringify([{ name: 'Tia', email: 'tia@tech.example' }])
  await license({ ends_on: '2026-12-31', contacts, serial: 'KP-ENDS' })
  await license({ maintenance_until: '2026-12-31', contacts, serial: 'KP-IS-COVERED' })
  await unsubscribe(db, { email: 'tia@tech.example' }, ['maintenance_end'], new Date())
  await unsubscribe(db, { user_id: other.user_id }, ['license_end', 'maintenance_end'], new Date())
  const mails = await run('2026-12-25')
  assert.deepEqual(to(mails), [owner.email!, 'tia@tech.example'].sort())
  const textTo = (email: string) => mails.find((mail) => mail.to === email)!.text
  assert.ok(!textTo(owner.email!).includes('KP-ENDS') && textTo(owner.email!).includes('KP-IS-COVERED'))
  assert.ok(textTo('tia@tech.example').includes('KP-ENDS') && !textTo('tia@tech.example').includes('KP-IS-COVERED'))
})

test('an organization that cannot be reminded holds up no other, and is reminded by the next run', async (t) => {
  const { services, license, db, owner } = await aPortal(t)
  await license({ ends_on: '2026-12-31' })
  const other = await aMember(db, 'administrator')
  await aLicense(db, other, { ends_on: '2026-12-31' })
  await sql`create function fail_once() returns trigger language plpgsql as $$
    begin if new.organization_id = (select min(id::text) from organizations)::uuid then raise exception 'broken'; end if;
    return new; end $$`.execute(db)
  await sql`create trigger broken before insert on reminders for each row execute function fail_once()`.execute(db)
  const now = new Date('2026-12-24T05:23:00Z')
  assert.equal((await remindAll(services, now)).length, 1)
  assert.equal((await db.selectFrom('mails').select('id').execute()).length, 1)
  await sql`drop trigger broken on reminders`.execute(db)
  await sql`drop function fail_once()`.execute(db)
  assert.deepEqual(await remindAll(services, new Date(now.getTime() + 1000)), [])
  const mails = await db.selectFrom('mails').select('to_address').execute()
  assert.deepEqual(mails.map(({ to_address }) => to_address).sort(), [owner.email!, other.email!].sort())
})

test('what colleagues registered is told once, to those who asked for it, and not what they registered themselves', async (t) => {
  const { run, license, db, owner } = await aPortal(t)
  const manager = await aMember(db, 'manager', owner)
  for (const member of [owner, manager]) {
    await savePreferences(db, member as Member & { user_id: string }, { wanted: ['registrations'] })
  }
  await aMember(db, 'manager', owner)
  await license({})
  await aLicense(db, manager, {})
  const mails = await run('2026-06-16')
  assert.deepEqual(to(mails), [owner.email!, manager.email!].sort())
  for (const { subject } of mails) assert.match(subject, /^1 license registered for /)
  assert.deepEqual(await run('2026-06-17'), [], 'once')
  await db.deleteFrom('told_registrations').execute()
  assert.deepEqual(await run('2026-06-25'), [], 'no news any more')
})

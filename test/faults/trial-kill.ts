/** R1: `kill -9` of the server under registration load, during imports, large registrations and mail delivery. */
import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Db } from '../../src/platform/db/index.ts'
import { startMailServer } from '../mail-server.ts'
import { someCatalog } from '../orders.ts'
import { exitOf, keyport, startKeyport } from '../process.ts'
import { aCrowd, type Crowd } from './crowd.ts'
import { aPlace, type Engine, type Place, type Scope } from './place.ts'
import { aSite, type Running } from './site.ts'
import { fill, fillLarge, orderLines, type Stock } from './stock.ts'
import { findViolations } from './violations.ts'

export type KillOptions = {
  engine: Engine
  kills: number
  /** Serial numbers of each buyer. */
  each: number
  buyers: number
  /** Lines of the imported file. */
  lines: number
  /** As if leases and heartbeats of the dead were over, instead of waiting for their end. */
  hurry: boolean
  tell?(line: string): void
}

export type KillReport = {
  kills: number
  registrations: number
  licenses: number
  refused: number
  large: number
  order_lines: number
  mails: number
  /** Sent a second time, with the same Message-ID, since the killed server had not noted the first. */
  mails_sent_again: number
}

type Trial = {
  t: Scope
  options: KillOptions
  place: Place
  site: Running
  stock: Stock
  crowd: Crowd
  large: string[][]
}

const largeSize = 320

export async function trialOfKills(t: Scope, options: KillOptions): Promise<KillReport> {
  const smtp = await startMailServer({ beforeAnswer: () => wait(randomInt(5, 40), true) })
  t.after(() => smtp.close())
  const place = await aPlace(t, options.engine)
  place.env.SMTP_URL = smtp.url
  const larges = Math.max(1, Math.floor(options.kills / 5))
  const { stock, large } = await place.change((db) => prepare(db, options, larges))
  writeFileSync(orderFile(place), orderLines(options.lines))
  const site = aSite(t, place)
  const crowd = aCrowd(site, stock, options.each)
  const trial: Trial = { t, options, place, site, stock, crowd, large: [...large] }

  await site.start()
  await crowd.begin()
  for (let kill = 0; kill < options.kills; kill++) {
    await killOnce(trial, kill)
    await check(trial, `kill ${kill + 1}`)
    await site.start()
  }
  await crowd.stop()
  for (const buyer of crowd.buyers) assert.ok(await buyer.isSignedIn(), 'sessions outlive the server')
  await finish(trial)
  return report(
    trial,
    smtp.taken.map(({ messageId }) => messageId!),
    larges,
  )
}

async function prepare(db: Db, { buyers, each }: KillOptions, larges: number) {
  await someCatalog(db)
  const stock = await fill(db, { buyers, each })
  const large: string[][] = []
  for (let n = 0; n < larges; n++) large.push(await fillLarge(db, `L${n}-`, largeSize))
  return { stock, large }
}

const orderFile = (place: Place) => join(place.data_dir, 'orders.csv')

/** Lets the crowd get something done, then ends the server at a moment that nobody chose. */
async function killOnce(trial: Trial, kill: number): Promise<void> {
  const { site, options, crowd } = trial
  crowd.mustBeWell()
  const before = site.confirmedSoFar.length
  const enough = before + randomInt(1, 3 * options.buyers)
  const until = Date.now() + 10_000
  while (site.confirmedSoFar.length < enough && Date.now() < until) await wait(5)
  const beside = await beginBeside(trial, kill)
  await wait(randomInt(0, 120))
  await site.kill()
  await beside?.end()
  options.tell?.(`kill ${kill + 1}: ${site.confirmedSoFar.length} registrations confirmed`)
}

/** Every fifth time an import runs when the server dies, every fifth time a large registration. */
async function beginBeside({ place, stock, crowd, site, large, options }: Trial, kill: number) {
  if (kill % 5 === 1) return beginImport(place)
  if (kill % 5 !== 3) return undefined
  const serials = large.pop()
  if (!serials) return undefined
  const buyer = crowd.buyers[kill % options.buyers]!
  const submitted = buyer.submit({ serials, contact: `large-${large.length}@customer.example` })
  submitted.catch(() => {})
  await Promise.race([submitted, wait(10_000)])
  await wait(randomInt(0, 400))
  void [site, stock]
  return { end: async () => {} }
}

/** On the embedded engine the command runs inside the server and dies with it; else it is killed itself. */
async function beginImport(place: Place) {
  const child = await startKeyport(['orders', 'import', orderFile(place)], place.env, place.data_dir)
  let said = ''
  child.stderr!.on('data', (chunk) => (said += chunk))
  await wait(randomInt(300, 2500))
  return {
    end: async () => {
      if (place.engine === 'postgres') child.kill('SIGKILL')
      const exit = await exitOf(child)
      if (exit === 0 || exit === 'SIGKILL') return
      assert.match(said, /the server ended before the command did|Keyport process is using/)
    },
  }
}

async function check({ place, site }: Trial, when: string): Promise<void> {
  const violations = await place.look((db) => findViolations(db, site.confirmedSoFar))
  assert.deepEqual(violations, [], `after ${when}`)
}

/** Everything that was begun comes to its end: jobs, mails, the import. */
async function finish(trial: Trial): Promise<void> {
  const { site, place, options } = trial
  if (options.hurry) {
    await site.stop()
    await place.change(endLeases)
    await site.start()
  }
  const begun = Date.now()
  const isBusy = async () => (await site.metric('keyport_mails{state="waiting"}')) > 0 || (await jobsLeft(site)) > 0
  while (await isBusy()) {
    assert.ok(Date.now() - begun < (options.hurry ? 60_000 : 600_000), 'jobs and mails come to an end')
    await wait(200)
  }
  options.tell?.(`jobs and mails were done ${Math.round((Date.now() - begun) / 1000)} s after the last start`)
  const again = await keyport(['orders', 'import', orderFile(place), '--json'], place.env, place.data_dir)
  assert.equal(again.exit, 0, again.stderr)
  await site.stop()
  await check(trial, 'the end')
}

async function jobsLeft(site: Running): Promise<number> {
  let left = 0
  for (const state of ['created', 'retry', 'active']) {
    left += await site.metric(`keyport_jobs{job="registration.complete",state="${state}"}`)
  }
  return left
}

async function endLeases(db: Db): Promise<void> {
  await sql`update mails set next_attempt_at = now() where sent_at is null and parked_at is null`.execute(db)
  await sql`update jobs.job_common set state = 'retry', start_after = now() where state = 'active'`.execute(db)
  await sql`update jobs.job_common set start_after = now() where state < 'active'`.execute(db)
}

async function report({ place, site, crowd, options }: Trial, sent: string[], larges: number): Promise<KillReport> {
  return place.look(async (db) => {
    const { rows: mails } = await sql<{ message_id: string; sent: boolean }>`
      select message_id, sent_at is not null as sent from mails`.execute(db)
    const taken = new Set(sent)
    assert.deepEqual(
      mails.filter((mail) => !mail.sent || !taken.has(mail.message_id)),
      [],
      'every mail reached the mail server',
    )
    assert.equal(taken.size, mails.length, 'nothing else did')
    for (const serials of crowd.refused) await assertOwned(db, serials)
    const { rows } = await sql<{ registrations: number; licenses: number; lines: number }>`
      select (select count(*) from registrations) as registrations,
        (select count(*) from licenses where registered_at is not null) as licenses,
        (select count(*) from order_lines ol join orders o on o.id = ol.order_id where o.number like 'SO-%') as lines`.execute(
      db,
    )
    const { registrations, licenses, lines } = rows[0]!
    assert.equal(lines, options.lines)
    assert.ok(site.confirmedSoFar.length > options.kills)
    const again = sent.length - taken.size
    assert.ok(again <= 6 * options.kills, `${again} mails were sent again`)
    return {
      kills: options.kills,
      registrations,
      licenses,
      refused: crowd.refused.length,
      large: larges,
      order_lines: lines,
      mails: mails.length,
      mails_sent_again: again,
    }
  })
}

async function assertOwned(db: Db, serials: string[]): Promise<void> {
  const query = db.selectFrom('licenses').select('owner_id').where('serial', 'in', serials)
  for (const { owner_id } of await query.execute()) assert.ok(owner_id, `${serials} refused, and nobody's`)
}

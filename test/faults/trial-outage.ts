/** R3: PostgreSQL goes away under load and comes back; the portal says so meanwhile, and needs no restart. */
import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Db } from '../../src/platform/db/index.ts'
import { type MailServer, startMailServer } from '../mail-server.ts'
import { aCluster } from './cluster.ts'
import { aCrowd, type Crowd } from './crowd.ts'
import { aPlace, type Place, type Scope } from './place.ts'
import { aProxy } from './proxy.ts'
import { aSite, type Running } from './site.ts'
import { fill, fillLarge } from './stock.ts'
import { findViolations } from './violations.ts'

export type OutageOptions = {
  /** `cut`: a proxy before the server cuts every connection and refuses new ones; `stop`, `crash`: a server of its own. */
  how: 'cut' | 'stop' | 'crash'
  outages: number
  /** How long each lasts. */
  seconds: number
  buyers: number
  each: number
  /** Waits until even what was interrupted is done: leases and heartbeats take their time. */
  to_the_end: boolean
  tell?(line: string): void
}

export type OutageReport = {
  outages: number
  /** Answers while the database was away, all of them 503 with Retry-After. */
  refused: number
  /** The slowest of those. */
  slowest_ms: number
  /** From the return of the database to the first `/readyz` that is good. */
  back_ms: number[]
  /** Each time every connection was ended by the server. */
  terminations: number
  registrations: number
}

type Seen = { status: number; ms: number; retry_after: string | null; path: string; at: number }

export async function trialOfOutages(t: Scope, options: OutageOptions): Promise<OutageReport> {
  const smtp = await startMailServer()
  t.after(() => smtp.close())
  const { place, takeAway, bringBack } = await (options.how === 'cut' ? behindProxy(t) : onOwnServer(t, options.how))
  place.env.SMTP_URL = smtp.url
  const { buyers, each } = options
  const stock = await place.change((db) => fill(db, { buyers, each }))
  const larges = await place.change(async (db) => {
    const made: string[][] = []
    for (let n = 0; n < options.outages; n++) made.push(await fillLarge(db, `L${n}-`, 320))
    return made
  })
  const site = aSite(t, place)
  const seen: Seen[] = []
  site.answered = (answer) => seen.push({ ...answer, at: Date.now() })
  const crowd = aCrowd(site, stock, each)
  await site.start()
  await crowd.begin()

  const refused: Seen[] = []
  const back_ms: number[] = []
  for (const [n, serials] of larges.entries()) {
    await progress(site, crowd)
    await crowd.buyers[0]!.submit({ serials, contact: `large-${n}@customer.example` })
    await takeAway()
    // What was under way when the connections were cut may still be answered.
    const from = Date.now() + 100
    await wait(options.seconds * 1000)
    const to = Date.now()
    await bringBack()
    back_ms.push(await untilReady(site))
    refused.push(...seen.filter(({ at, ms }) => at - ms > from && at < to))
    await progress(site, crowd)
    await mailArrives(smtp, site)
    options.tell?.(`outage ${n + 1}: back after ${back_ms.at(-1)} ms, ${refused.length} requests refused so far`)
  }
  const terminations = await terminate(place.look, site, crowd)
  await crowd.stop()
  if (options.to_the_end) await allDone(site, options)
  await site.stop()

  assert.deepEqual(await place.look((db) => findViolations(db, site.confirmedSoFar)), [])
  const surprising = seen.filter(({ status, retry_after }) => status >= 500 && (status !== 503 || !retry_after))
  assert.deepEqual(surprising, [], 'the only error is 503 with Retry-After')
  assert.ok(refused.length > 0)
  assert.deepEqual(
    refused.filter(({ status }) => status !== 503),
    [],
    'nobody got anything else meanwhile',
  )
  const slowest_ms = Math.round(Math.max(...refused.map(({ ms }) => ms)))
  const registrations = site.confirmedSoFar.length
  return { outages: options.outages, refused: refused.length, slowest_ms, back_ms, terminations, registrations }
}

type Removable = { place: Place; takeAway(): Promise<void> | void; bringBack(): Promise<void> | void }

async function behindProxy(t: Scope): Promise<Removable> {
  const place = await aPlace(t, 'postgres')
  const proxy = await aProxy(t, place.env.DATABASE_URL!)
  place.env.DATABASE_URL = proxy.url
  return { place, takeAway: proxy.stop, bringBack: proxy.start }
}

async function onOwnServer(t: Scope, how: 'stop' | 'crash'): Promise<Removable> {
  const cluster = await aCluster(t)
  const place = await aPlace(t, 'postgres', cluster.url)
  return { place, takeAway: cluster[how], bringBack: cluster.start }
}

/** Everybody gets something done. */
async function progress(site: Running, crowd: Crowd): Promise<void> {
  const enough = site.confirmedSoFar.length + crowd.buyers.length
  const begun = Date.now()
  while (site.confirmedSoFar.length < enough) {
    crowd.mustBeWell()
    assert.ok(Date.now() - begun < 60_000, 'registrations go on')
    await wait(10)
  }
}

async function untilReady(site: Running): Promise<number> {
  const begun = performance.now()
  while ((await fetch(`${site.url}/readyz`)).status !== 200) {
    assert.ok(performance.now() - begun < 30_000, 'the portal is ready again')
    await wait(20)
  }
  return Math.round(performance.now() - begun)
}

/** The worker is back as well: a mail of a registration that nobody knows of yet is delivered. */
async function mailArrives(smtp: MailServer, site: Running): Promise<void> {
  const known = new Set(site.confirmedSoFar.map(({ registration_id }) => registration_id))
  const begun = Date.now()
  const isNew = (text = '') => {
    const id = /registrations\/([0-9a-f-]{36})/.exec(text)?.[1]
    return id !== undefined && !known.has(id)
  }
  const before = smtp.taken.length
  while (!smtp.taken.slice(before).some(({ text }) => isNew(text))) {
    assert.ok(Date.now() - begun < 60_000, 'mail goes out again')
    await wait(50)
  }
}

/** As an administrator who ends every connection of the portal, some of them in the middle of a transaction. */
async function terminate(
  look: <T>(work: (db: Db) => Promise<T>) => Promise<T>,
  site: Running,
  crowd: Crowd,
): Promise<number> {
  for (let n = 0; n < 5; n++) {
    const { rows } = await look((db) =>
      sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'keyport' and pid <> pg_backend_pid()`.execute(db),
    )
    assert.ok(rows.length > 0)
    await progress(site, crowd)
  }
  return 5
}

async function allDone(site: Running, options: OutageOptions): Promise<void> {
  const begun = Date.now()
  const busy = async () => {
    const states = ['created', 'retry', 'active'].map((state) =>
      site.metric(`keyport_jobs{job="registration.complete",state="${state}"}`),
    )
    const jobs = await Promise.all(states)
    return jobs.some((count) => count > 0) || (await site.metric('keyport_mails{state="waiting"}')) > 0
  }
  while (await busy()) {
    assert.ok(Date.now() - begun < 600_000, 'jobs and mails come to an end')
    await wait(500)
  }
  options.tell?.(`jobs and mails were done after ${Math.round((Date.now() - begun) / 1000)} s`)
}

/** R9: two web nodes and a worker on one PostgreSQL database; a node and the worker are killed. */
import assert from 'node:assert/strict'
import type { ChildProcess } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Db } from '../../src/platform/db/index.ts'
import { enqueue } from '../../src/platform/jobs/index.ts'
import { mailJobs } from '../../src/platform/mail/index.ts'
import { urls } from '../../src/urls.ts'
import { startMailServer } from '../mail-server.ts'
import { aServer, exitOf, startKeyport } from '../process.ts'
import { Buyer, type Site } from './buyer.ts'
import { aCrowd } from './crowd.ts'
import { aPlace, type Place, type Scope } from './place.ts'
import { fill, fillLarge } from './stock.ts'
import { type Confirmed, findViolations } from './violations.ts'

export type NodesOptions = {
  kills: number
  buyers: number
  each: number
  /** As if leases and heartbeats of the dead were over. */
  hurry: boolean
  tell?(line: string): void
}

export type NodesReport = {
  kills: { nodes: number; workers: number }
  registrations: number
  large: number
  mails: number
  /** From the kill of a worker to the end of the large registration it was busy with; only without hurry. */
  taken_over_s: number[]
}

export async function trialOfNodes(t: Scope, options: NodesOptions): Promise<NodesReport> {
  const smtp = await startMailServer({ beforeAnswer: () => wait(randomInt(5, 30), true) })
  t.after(() => smtp.close())
  const place = await aPlace(t, 'postgres')
  Object.assign(place.env, { SMTP_URL: smtp.url, WORKER: 'off', SECRET: 'shared by all nodes: thirty-two characters' })
  const stock = await place.change((db) => fill(db, options))
  const larges: string[][] = []
  for (let n = 0; n < options.kills; n++) larges.push(await place.change((db) => fillLarge(db, `L${n}-`, 400)))

  const [nodes, first] = [await Promise.all([aServer(t, place.env), aServer(t, place.env)]), startWorker(t, place)]
  let worker = await first
  const confirmed: Confirmed[] = []
  const balancer = aBalancer(
    nodes.map(({ url }) => url),
    confirmed,
  )
  const crowd = aCrowd(balancer, stock, options.each)
  await crowd.begin()
  await rateLimitsAreShared(nodes.map(({ url }) => url))

  const taken_over_s: number[] = []
  for (const [n, serials] of larges.entries()) {
    const enough = confirmed.length + options.buyers
    for (; confirmed.length < enough; await wait(20)) crowd.mustBeWell()
    const buyer = new Buyer(balancer, stock, n % options.buyers)
    await buyer.signIn()
    const basket = { serials, contact: `large-${n}@customer.example` }
    await buyer.submit(basket)
    await wait(randomInt(20, 300))
    await Promise.all([kill(worker), kill(nodes[n % 2]!.child)])
    const died = Date.now()
    ;[worker, nodes[n % 2]] = await Promise.all([startWorker(t, place), aServer(t, place.env)])
    balancer.urls[n % 2] = nodes[n % 2]!.url
    if (options.hurry) await place.change(endLeases)
    assert.equal(await buyer.register(basket), 'registered')
    taken_over_s.push(Math.round((Date.now() - died) / 1000))
    options.tell?.(`kill ${n + 1}: ${confirmed.length} registrations, large one after ${taken_over_s.at(-1)} s`)
  }
  await crowd.stop()
  for (const url of balancer.urls) {
    balancer.only = url
    for (const buyer of crowd.buyers) assert.ok(await buyer.isSignedIn(), 'each node knows every session')
  }
  await untilDelivered(place, options.hurry)
  assert.deepEqual(await place.look((db) => findViolations(db, confirmed)), [])
  const mails = await place.look((db) =>
    compare(
      db,
      smtp.taken.map(({ messageId }) => messageId!),
      options.kills,
    ),
  )
  return {
    kills: { nodes: options.kills, workers: options.kills },
    registrations: confirmed.length,
    large: larges.length,
    mails,
    taken_over_s: options.hurry ? [] : taken_over_s,
  }
}

type Balancer = Site & { urls: string[]; only?: string }

/** Sends each request to whichever node, as a balancer without affinity does. */
function aBalancer(nodes: string[], confirmed: Confirmed[]): Balancer {
  return {
    urls: nodes,
    get url() {
      return this.only ?? this.urls[randomInt(this.urls.length)]!
    },
    confirmed: (registration_id, serials, { organization_id }) =>
      confirmed.push({ registration_id, serials, organization_id }),
  }
}

export async function startWorker(t: Scope, place: Place): Promise<ChildProcess> {
  const child = await startKeyport(['worker'], { ...place.env, LOG_LEVEL: 'info' })
  t.after(() => void child.kill('SIGKILL'))
  await new Promise<void>((resolve, reject) => {
    let said = ''
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.on('data', (chunk) => {
        said += chunk
        if (said.includes('worker ready')) resolve()
      })
    }
    child.once('exit', (code) => reject(new Error(`the worker ended with ${code}: ${said}`)))
  })
  return child
}

export async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  await exitOf(child)
}

/** Ten wrong passwords, now here and now there: the eleventh is refused by both. */
async function rateLimitsAreShared(nodes: string[]): Promise<void> {
  const guess = (url: string) =>
    fetch(url + urls.accounts.signIn.to(), {
      method: 'POST',
      headers: { origin: url, 'x-forwarded-for': '10.9.9.9' },
      body: new URLSearchParams({ email: 'victim@customer.example', password: 'not the password' }),
    })
  for (let n = 0; n < 10; n++) assert.equal((await guess(nodes[n % 2]!)).status, 422)
  for (const url of nodes) {
    const refused = await guess(url)
    assert.equal(refused.status, 429)
    assert.ok(Number(refused.headers.get('retry-after')) > 0)
  }
}

export async function endLeases(db: Db): Promise<void> {
  await sql`update jobs.job_common set state = 'retry', start_after = now() where state = 'active'`.execute(db)
  await sql`update jobs.job_common set start_after = now() where state = 'retry'`.execute(db)
}

async function untilDelivered(place: Place, hurry: boolean): Promise<void> {
  const end = Date.now() + 600_000
  if (hurry) {
    // Most that wait now were claimed by a dead worker; the living one is given a moment to finish its own.
    await wait(2000)
    await place.change(async (db) => {
      await sql`update mails set next_attempt_at = now() where sent_at is null and parked_at is null`.execute(db)
      await db.transaction().execute((trx) => enqueue(trx, mailJobs[0]!, {}, { key: 'hurry' }))
    })
  }
  const waiting = (db: Db) => sql<{ n: number }>`select count(*) as n from mails where sent_at is null`.execute(db)
  while ((await place.look(waiting)).rows[0]!.n > 0) {
    assert.ok(Date.now() < end, 'mails are delivered')
    await wait(200)
  }
}

async function compare(db: Db, taken: string[], kills: number): Promise<number> {
  const { rows } = await sql<{ message_id: string }>`select message_id from mails`.execute(db)
  const ids = new Set(taken)
  assert.deepEqual(
    rows.filter(({ message_id }) => !ids.has(message_id)),
    [],
    'every mail arrived',
  )
  assert.equal(ids.size, rows.length, 'nothing else did')
  assert.ok(taken.length - ids.size <= 5 * kills, `${taken.length - ids.size} mails arrived twice`)
  return rows.length
}

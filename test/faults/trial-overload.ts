/** R8: twice as many requests as the portal can answer, and many who send slowly. */
import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { urls } from '../../src/urls.ts'
import { Buyer } from './buyer.ts'
import { aCrowd } from './crowd.ts'
import { type Answered, askAgainAndAgain, askAtRate } from './load.ts'
import { aPlace, type Scope } from './place.ts'
import { aSite, type Running } from './site.ts'
import { fill } from './stock.ts'
import { findViolations } from './violations.ts'

export type OverloadOptions = {
  /** How long twice the capacity is asked for. */
  seconds: number
  tell?(line: string): void
}

export type OverloadReport = {
  /** Catalog pages a second that sixteen callers got, each asking again when answered. */
  capacity: number
  /** Pages a second that were asked for, and what became of them. */
  asked: number
  accepted: number
  shed: number
  accepted_p50_ms: number
  accepted_p99_ms: number
  shed_p99_ms: number
  probe_max_ms: number
  /** From the end of the load to an accepted page. */
  recovered_ms: number
  registrations: number
}

/** People register all the while, and take up again what was refused: what they were told must hold. */
export async function trialOfOverload(t: Scope, { seconds, tell }: OverloadOptions): Promise<OverloadReport> {
  const place = await aPlace(t, 'postgres')
  const stock = await place.change((db) => fill(db, { buyers: 4, each: 4000 }))
  const site = aSite(t, place)
  const crowd = aCrowd(site, stock, 4000)
  await site.start()
  const reader = new Buyer(site, stock, 0)
  await reader.signIn()
  const page = { url: site.url + urls.licenses.catalog.to(), headers: reader.headers(site.url) }
  await askAgainAndAgain(page, 16, 1000)
  const closed = await askAgainAndAgain(page, 16, Math.max(2, seconds / 10) * 1000)
  const capacity = closed.length / Math.max(2, seconds / 10)
  tell?.(`capacity ${Math.round(capacity)} pages a second`)

  await crowd.begin()
  const probing = new AbortController()
  const probes = probe(site, probing.signal)
  const answered = await askAtRate(page, 2 * capacity, seconds * 1000)
  const ended = performance.now()
  for (; (await fetch(page.url, { headers: page.headers })).status !== 200; await wait(10)) {
    assert.ok(performance.now() - ended < 10_000, 'the portal recovers')
  }
  const recovered_ms = Math.round(performance.now() - ended)
  probing.abort()
  const probed = await probes
  await crowd.stop()
  await site.stop()
  assert.deepEqual(await place.look((db) => findViolations(db, site.confirmedSoFar)), [])
  assert.ok(site.confirmedSoFar.length > 0)
  return {
    capacity: Math.round(capacity),
    ...judge(answered, seconds),
    ...judgeProbes(probed),
    recovered_ms,
    registrations: site.confirmedSoFar.length,
  }
}

function judge(answered: Answered[], seconds: number) {
  const accepted = answered.filter(({ status }) => status === 200)
  const shed = answered.filter(({ status, retry_after }) => status === 503 && retry_after)
  const others = answered.filter((each) => !accepted.includes(each) && !shed.includes(each))
  assert.deepEqual(others.slice(0, 3), [], 'a page, or 503 with Retry-After')
  assert.ok(accepted.length > 0 && shed.length > 0)
  return {
    asked: Math.round(answered.length / seconds),
    accepted: accepted.length,
    shed: shed.length,
    accepted_p50_ms: quantile(accepted, 0.5),
    accepted_p99_ms: quantile(accepted, 0.99),
    shed_p99_ms: quantile(shed, 0.99),
  }
}

function quantile(answered: Answered[], share: number): number {
  const sorted = answered.map(({ ms }) => ms).sort((a, b) => a - b)
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!)
}

async function probe(site: Running, signal: AbortSignal): Promise<Answered[]> {
  const seen: Answered[] = []
  for (; !signal.aborted; await wait(200)) {
    for (const path of [urls.operations.healthz.to(), urls.operations.readyz.to()]) {
      const begun = performance.now()
      const { status } = await fetch(site.url + path)
      seen.push({ status, retry_after: null, ms: performance.now() - begun })
    }
  }
  return seen
}

function judgeProbes(probed: Answered[]): { probe_max_ms: number } {
  assert.deepEqual(
    probed.filter(({ status }) => status !== 200),
    [],
    'the probes answer under load',
  )
  return { probe_max_ms: quantile(probed, 1) }
}

export type SlowReport = {
  senders: number
  /** Slow senders of one address beyond its share. */
  refused: number
  pages: number
  forms: number
  /** Answered with 400 once they had their time; only when waited for. */
  cut_off: number
}

/** Half of the senders come from one address, the others from anywhere; pages and forms of everybody else go on. */
export async function trialOfSlowSenders(
  t: Scope,
  options: { senders: number; to_the_end: boolean },
): Promise<SlowReport> {
  const place = await aPlace(t, 'postgres')
  const stock = await place.change((db) => fill(db, { buyers: 1, each: 10 }))
  const site = aSite(t, place)
  await site.start({ MAX_CONCURRENT_REQUESTS: '50' })
  const senders = Array.from({ length: options.senders }, (_, n) =>
    aSlowSender(t, site.url, n % 2 ? '10.8.8.8' : `10.7.${n >> 8}.${n & 255}`),
  )
  await wait(500)
  const buyer = new Buyer(site, stock, 0)
  let pages = 0
  for (; pages < 50; pages++) {
    const page = await fetch(site.url + urls.accounts.signIn.to())
    assert.equal(page.status, 200)
    await page.text()
    // Another sender's byte, so that nobody looks idle.
    for (const sender of senders) if (sender.socket.writable) sender.socket.write('a')
  }
  await buyer.signIn()
  let forms = 0
  for (; forms < 20; forms++) assert.equal((await changeLanguage(site.url)).status, 303)
  const refused = senders.filter(({ said }) => said().startsWith('HTTP/1.1 503')).length
  assert.equal(refused, options.senders / 2 - 50, 'one address has a tenth of what may arrive, and no more')
  if (options.to_the_end) await untilCutOff(senders)
  const cut_off = senders.filter(({ said }) => said().startsWith('HTTP/1.1 400')).length
  return { senders: options.senders, refused, pages, forms, cut_off }
}

type Sender = { socket: Socket; said(): string }

function aSlowSender(t: Scope, url: string, address: string): Sender {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  t.after(() => void socket.destroy())
  let said = ''
  socket.on('data', (chunk) => (said += chunk)).on('error', () => {})
  const head = [
    'POST /login HTTP/1.1',
    `Host: ${new URL(url).host}`,
    `X-Forwarded-For: ${address}`,
    'Content-Length: 10000',
  ]
  socket.write(
    `${head.join('\r\n')}\r\nContent-Type: application/x-www-form-urlencoded\r\nOrigin: ${url}\r\n\r\nemail=`,
  )
  return { socket, said: () => said }
}

function changeLanguage(url: string): Promise<Response> {
  const body = new URLSearchParams({ locale: 'fr', back: '/login' })
  return fetch(`${url}/preferences/language`, { method: 'POST', body, headers: { origin: url }, redirect: 'manual' })
}

async function untilCutOff(senders: Sender[]): Promise<void> {
  const begun = Date.now()
  while (senders.some(({ said }) => said() === '')) {
    assert.ok(Date.now() - begun < 90_000, 'no sender may take as long as it likes')
    await wait(500)
  }
}

/** The machine of the leading database server is lost under load, and the other one takes over. */
import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import { startMailServer } from '../../mail-server.ts'
import { aServer } from '../../process.ts'
import type { Site } from '../buyer.ts'
import { aCrowd } from '../crowd.ts'
import { aPlace, type Scope } from '../place.ts'
import { fill } from '../stock.ts'
import { startWorker } from '../trial-nodes.ts'
import { type Confirmed, findViolations } from '../violations.ts'
import { aBalancer, aStand, type Stand } from './stand.ts'

/**
 * `kill`: all processes end, and the system closes their connections; `freeze`: they answer nothing any more, as a
 * machine without power; `switch`: the lead is handed over in order.
 */
export type Loss = 'kill' | 'freeze' | 'switch'
export type FailoverOptions = { losses: Loss[]; buyers: number; each: number; tell?(line: string): void }
export type FailoverReport = {
  /** From the loss of the copy, or the order to switch, to the first registration that was completed after one had failed, in seconds. */
  writes_failed_s: Record<Loss, number[]>
  /** Answers meanwhile that were 503 with Retry-After; there were no other errors. */
  refused: number
  registrations: number
}

type Seen = { status: number; path: string; retry_after: string | null; at: number }

export async function trialOfFailover(t: Scope, options: FailoverOptions): Promise<FailoverReport> {
  const smtp = await startMailServer()
  t.after(() => smtp.close())
  const stand = await aStand(t)
  const place = await aPlace(t, 'postgres', stand.url)
  Object.assign(place.env, { SMTP_URL: smtp.url, WORKER: 'off', SECRET: 'shared by all nodes: thirty-two characters' })
  const stock = await place.change((db) => fill(db, options))
  const [one, two] = await Promise.all([aServer(t, place.env), aServer(t, place.env), startWorker(t, place)])
  const { url } = await aBalancer(t, { one: one.port, two: two.port })

  const confirmed: Confirmed[] = []
  const seen: Seen[] = []
  const site: Site = {
    url,
    answered: ({ status, path, retry_after }) => seen.push({ status, path, retry_after, at: Date.now() }),
    confirmed: (registration_id, serials, { organization_id }) =>
      confirmed.push({ registration_id, serials, organization_id }),
  }
  const crowd = aCrowd(site, stock, options.each)
  await crowd.begin()
  const writes_failed_s: FailoverReport['writes_failed_s'] = { kill: [], freeze: [], switch: [] }
  for (const loss of options.losses) {
    await moreThan(confirmed, 4 * options.buyers, crowd.mustBeWell)
    const before = confirmed.length
    const begun = Date.now()
    const bringBack = await lose(stand, loss)
    const failed = await untilWritten(seen, begun, crowd.mustBeWell)
    writes_failed_s[loss].push(failed)
    options.tell?.(`${loss}: writes failed for ${failed} s; ${before} registrations before`)
    bringBack()
    await moreThan(confirmed, 2 * options.buyers, crowd.mustBeWell)
    await stand.untilWhole()
  }
  await crowd.stop()

  assert.deepEqual(await place.look((db) => findViolations(db, confirmed)), [])
  const errors = seen.filter(({ status }) => status >= 500)
  assert.deepEqual(
    errors.filter(({ status, retry_after }) => status !== 503 || !retry_after),
    [],
    'the only error is 503 with Retry-After',
  )
  return { writes_failed_s, refused: errors.length, registrations: confirmed.length }
}

/**
 * A second before the machine is gone the other one hears no more of it: what is acknowledged then, and is not with the
 * other one, is lost. @returns how to bring the lost member back.
 */
async function lose(stand: Stand, loss: Loss): Promise<() => void> {
  if (loss === 'switch') {
    await stand.switchOver()
    return () => {}
  }
  const leader = await stand.leader()
  leader.cutOff()
  await wait(1000)
  leader.signal(loss === 'kill' ? 'SIGKILL' : 'SIGSTOP')
  return () => {
    leader.signal('SIGKILL')
    leader.start()
  }
}

async function untilWritten(seen: Seen[], begun: number, mustBeWell: () => void): Promise<number> {
  for (const end = Date.now() + 180_000; Date.now() < end; await wait(20)) {
    mustBeWell()
    const failed = secondsUntilWritten(seen, begun)
    if (failed) return failed
  }
  throw new Error('registrations are not completed again')
}

/** Undefined until a registration was completed after something had failed since `begun`. */
function secondsUntilWritten(seen: Seen[], begun: number): number | undefined {
  const failed = seen.find(({ status, at }) => at >= begun && status === 503)
  const written = seen.find(
    ({ path, status, at }) => failed && at > failed.at && status === 303 && path.endsWith('/complete'),
  )
  return written && Math.round((written.at - begun) / 100) / 10
}

async function moreThan(confirmed: Confirmed[], more: number, mustBeWell: () => void): Promise<void> {
  const enough = confirmed.length + more
  for (const end = Date.now() + 60_000; confirmed.length < enough; await wait(20)) {
    mustBeWell()
    assert.ok(Date.now() < end, 'registrations go on')
  }
}

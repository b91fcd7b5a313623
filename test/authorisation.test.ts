/**
 * Who may call what, read off the router: each route as declared, for everybody. A stranger comes with the ids of
 * somebody else's drafts, registrations, licenses and keys. A route without a declaration fails.
 */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { Hono } from 'hono'
import { createApp } from '../src/app.ts'
import { type Level, roleOn } from '../src/licenses/index.ts'
import { type OperatorRole, type Role, roles } from '../src/platform/actor.ts'
import { urls } from '../src/urls.ts'
import {
  addressOf,
  ask,
  type Caller,
  callers,
  everything,
  type Outcome,
  openWorld,
  type Route,
  renew,
  routesOf,
  type World,
} from './every-route.ts'

const undeclared = (routes: Route[]) => routes.filter(({ access }) => !access).map(({ path }) => path)

/** What the declaration promises. Somebody else's things answer like things that do not exist. */
function promised(route: Route, caller: Caller): Outcome {
  const { path, access } = route
  if (access === 'anyone') return 'answered'
  if (caller === 'anonymous') return 'sign in'
  // Whoever asked may work for no organization: the query says who sees a request.
  if (access === 'signed_in' && path.includes('/:request')) return seesRequest(caller) ? 'answered' : 'not found'
  if (access === 'signed_in') return 'answered'
  if (access === 'operator') return caller.startsWith('operator ') ? 'answered' : 'forbidden'
  if (typeof access === 'object') return mayOperate(access, caller) ? 'answered' : 'forbidden'
  if (caller.startsWith('operator ')) return 'forbidden'
  if (/^(grantee|partner) /.test(caller)) return lent(route, caller as `${'grantee' | 'partner'} ${Level}`)
  if (caller === 'stranger') return ofSomebody.test(path) ? 'not found' : 'answered'
  return roles.indexOf(caller as Role) >= roles.indexOf(access as Role) ? 'answered' : 'forbidden'
}

/**
 * What a level of the license gives: the role that it comes to, and what a grantee keeps about a license for itself at
 * any level. A partner who acts for the customer is told that the role is too low; others, that there is nothing.
 */
function lent({ method, path, access }: Route, caller: `${'grantee' | 'partner'} ${Level}`): Outcome {
  if (!ofSomebody.test(path)) return 'answered'
  if (!/^\/(licenses\/:serial|get-software)\b/.test(path) || ofOwner.test(path)) return 'not found'
  const level = caller.split(' ')[1] as Level
  const acts = caller.startsWith('partner') && isActedUpon.test(path)
  if (!acts && isOwnNote.test(path)) return path.includes(':comment') ? 'not found' : 'answered'
  if (acts && level === 'view' && path.endsWith('/comments') && method === 'GET') return 'not found'
  const refused = acts || path.startsWith('/get-software') ? 'forbidden' : 'not found'
  return roles.indexOf(roleOn('administrator', { own: false, level })) >= roles.indexOf(access as Role)
    ? 'answered'
    : refused
}

/** Decided by the owner alone. */
const ofOwner = /\/ownership\b/
const isOwnNote = /\/(tags|comments|comments\/:comment\/\w+|fields|contacts|address|address\/new)$/
const isActedUpon = /^\/licenses\/:serial(?!\/(software|upgrade))/

const seesRequest = (caller: Caller) => (roles as readonly string[]).includes(caller)

const ofSomebody =
  /\/:(notification|draft|registration|serial|key|request|customer|member|invitation|access|bulk|field|search|share|transfer|asking|asked|delegation|owner|product)\b/

/** Operator administrators may what any operator may. */
function mayOperate(access: readonly OperatorRole[], caller: Caller): boolean {
  return [...access, 'administrator'].some((role) => caller === `operator ${role}`)
}

/** Answers that depend on more than the role: a held session alone sees the agreement, no root key signed a list. */
const otherwise: Record<string, Partial<Record<Caller | 'all', Outcome>>> = {
  [`POST ${urls.accounts.acceptAgreement.pattern}`]: { anonymous: 'sign in' },
  [`GET ${urls.keys.signedJwks.pattern}`]: { all: 'not found' },
  [`GET ${urls.reminders.feed.pattern}`]: { all: 'not found' },
  [`POST ${urls.reminders.unsubscribe.pattern}`]: { all: 'forbidden' },
  // Colleagues read what a request is about; managers, and whoever asked, write.
  [`POST ${urls.requests.messages.pattern}`]: { viewer: 'forbidden', downloader: 'forbidden' },
  [`POST ${urls.requests.withdraw.pattern}`]: { viewer: 'forbidden', downloader: 'forbidden' },
  // Keys that were made just now are shown to who manages the license.
  [`GET ${urls.deployments.done.pattern}`]: { 'grantee download': 'not found' },
  // A partner takes away what it wrote itself.
  ...Object.fromEntries(
    [urls.licenses.removeComment, urls.licenses.restoreComment].map(({ pattern }) => [
      `POST ${pattern}`,
      { 'partner full': 'forbidden' } as const,
    ]),
  ),
  // A downloader discards lists of the own, not what a manager prepared.
  [`POST ${urls.bulk.cancel.pattern}`]: { downloader: 'forbidden' },
}

suite('authorisation matrix', () => {
  const ends: (() => unknown)[] = []
  let world: World

  before(async () => {
    world = await openWorld({ after: (done) => void ends.push(done) })
  })
  after(async () => {
    for (const end of ends) await end()
  })

  test('every route declares who may call it', () => {
    const routes = routesOf(world.portal.app)
    assert.ok(routes.length > 40, `only ${routes.length} routes`)
    assert.deepEqual(undeclared(routes), [])
  })

  test('a route that declares nothing is found', () => {
    const app = createApp(world.portal.services)
    app.route(
      '/',
      new Hono().get('/forgotten', (c) => c.text('secret')),
    )
    assert.deepEqual(undeclared(routesOf(app)), ['/forgotten'])
  })

  test('whoever may not is refused, and nothing changes', async () => {
    const before = await everything(world)
    for (const route of routesOf(world.portal.app)) {
      for (const caller of callers.filter((caller) => promised(route, caller) !== 'answered')) {
        assert.equal(
          await ask(world, caller, route),
          promised(route, caller),
          `${route.method} ${route.path}: ${caller}`,
        )
      }
    }
    assert.equal(await everything(world), before)
  })

  test('whoever may is answered', async () => {
    for (const route of routesOf(world.portal.app)) {
      for (const caller of callers.filter((caller) => promised(route, caller) === 'answered')) {
        await renew(world, route)
        const name = `${route.method} ${route.path}`
        const expected = otherwise[name]?.[caller] ?? otherwise[name]?.all ?? 'answered'
        assert.equal(await ask(world, caller, route), expected, `${name}: ${caller}`)
      }
    }
  })

  test('no form is taken from another site', async () => {
    // Addresses for programs read no cookie and take no form at all.
    const posts = routesOf(world.portal.app).filter(
      ({ method, path }) => method === 'POST' && !path.startsWith('/api/'),
    )
    assert.ok(posts.length > 15)
    const cookie = [...world.visitors.get('administrator')!.cookies]
      .map(([name, value]) => `${name}=${value}`)
      .join('; ')
    const type = 'application/x-www-form-urlencoded'
    const before = await everything(world)
    for (const { path } of posts) {
      const headers = { cookie, origin: 'https://evil.example', 'content-type': type }
      const answer = await world.portal.app.request(addressOf(world, path), { method: 'POST', headers, body: '' })
      assert.equal(answer.status, 403, path)
    }
    assert.equal(await everything(world), before)
  })
})

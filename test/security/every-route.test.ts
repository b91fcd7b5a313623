/**
 * What holds for every route of the router, so that a new one is tested the day it is written: its headers, that it takes
 * nothing from another site, and that bytes which no browser sends are no error of the server.
 */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { urls } from '../../src/urls.ts'
import {
  addressOf,
  type Caller,
  everything,
  openWorld,
  type Route,
  renew,
  routesOf,
  type World,
} from '../every-route.ts'

const form = 'application/x-www-form-urlencoded'
/** Bytes that are no text, or none that a database takes: NUL, half a letter, half a pair. */
const broken = ['x%00y', '%ff%ED%A0%80']
const hostileBytes = [...broken, '..%2f..%2fetc%2fpasswd', '%0d%0aset-cookie:a=b', 'W'.repeat(3000)]
/** Names by which pages are asked in one way or another. */
const asked = [
  ...['q', 'next', 'back', 'before', 'after', 'token', 'tag', 'status', 'product', 'sort', 'dir', 'source', 'owner'],
  ...[
    'field',
    'value',
    'kind',
    'ends_from',
    'ends_to',
    'customer',
    'campaign',
    'action',
    'choose',
    'outcome',
    'removed',
  ],
  ...['license', 'licenses', 'serial', 'since', 'type', 'mail', 'organization', 'page', 'locale', 'version', 'release'],
  'state',
]
/** Names of fields of many forms, and of what no form has. */
const fields = [
  ...[
    '__proto__',
    'constructor',
    'prototype',
    '__proto__[admin]',
    'email',
    'password',
    'name',
    'role',
    'id',
    'owner_id',
  ],
  ...['organization_id', 'revision', 'comment_id', 'body', 'serials', 'hosts', 'draft_id', 'add', 'message', 'emails'],
]
const policy = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

suite('every route', () => {
  const ends: (() => unknown)[] = []
  let world: World

  before(async () => {
    world = await openWorld({ after: (done) => void ends.push(done) })
  })
  after(async () => {
    for (const end of ends) await end()
  })

  /** Whoever a route is for. */
  function callerOf({ path, access }: Route): Caller {
    if (path.startsWith('/admin')) return 'operator administrator'
    return access === 'anyone' ? 'anonymous' : 'administrator'
  }

  function send(route: Route, address: string, given: { headers?: Record<string, string>; body?: string } = {}) {
    const cookie = [...world.visitors.get(callerOf(route))!.cookies].map(([k, v]) => `${k}=${v}`).join('; ')
    const headers = { cookie, origin: 'http://localhost', accept: 'text/html', ...given.headers }
    const body = route.method === 'GET' ? {} : { body: given.body ?? '', headers: { 'content-type': form, ...headers } }
    return world.portal.app.request(`http://localhost${address}`, { method: route.method, headers, ...body })
  }

  /** These read no cookie and take no form: another site gains nothing by them. */
  const isForPrograms = ({ path }: Route) => path.startsWith('/api/')
  const isOperations = ({ path }: Route) => /^\/(healthz|readyz|metrics)$/.test(path)

  test('says that it is in no frame, of which type it is and where its scripts come from, also when it refuses', async () => {
    const page = (method: string, path: string): Route => ({ method, path, access: 'anyone' })
    const refusals = [
      page('GET', '/nowhere'),
      page('DELETE', '/login'),
      page('POST', '/healthz'),
      page('GET', '/licenses'),
    ]
    for (const route of [...routesOf(world.portal.app).filter(({ method }) => method === 'GET'), ...refusals]) {
      const { headers, status, body } = await send(
        route,
        route.path.includes(':') ? addressOf(world, route.path) : route.path,
      )
      await body?.cancel()
      const where = `${route.method} ${route.path} ${status}`
      assert.equal(headers.get('x-content-type-options'), 'nosniff', where)
      assert.equal(headers.get('x-powered-by'), null, where)
      const own = headers.get('content-security-policy')
      if (isForPrograms(route)) {
        assert.equal(own, "default-src 'none'; frame-ancestors 'none'", where)
        continue
      }
      if (/mailbox.*content|^GET \/brand|doctor/.test(where))
        assert.match(own!, /default-src 'none'|frame-ancestors 'none'/, where)
      else assert.equal(own, policy, where)
      if (/content\.html/.test(where)) continue
      assert.equal(headers.get('x-frame-options'), 'DENY', where)
      assert.equal(headers.get('referrer-policy'), 'same-origin', where)
      assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin', where)
      assert.equal(headers.get('cross-origin-resource-policy'), 'same-origin', where)
    }
  })

  test('keeps whatever is somebody’s out of caches', async () => {
    for (const route of routesOf(world.portal.app)) {
      if (route.method !== 'GET' || route.access === 'anyone') continue
      const { headers, body } = await send(route, addressOf(world, route.path))
      await body?.cancel()
      assert.match(headers.get('cache-control') ?? '', /no-store/, route.path)
    }
  })

  test('takes no change from another site, whatever the browser says or leaves out', async () => {
    const elsewhere: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: '' },
      { origin: 'http://localhost.evil.example' },
      { origin: 'http://localhost', 'sec-fetch-site': 'cross-site' },
      { origin: 'http://localhost', 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example', 'content-type': 'text/plain' },
      { origin: 'https://evil.example', 'content-type': 'application/json', 'x-http-method-override': 'GET' },
    ]
    const before = await everything(world)
    const changing = routesOf(world.portal.app).filter((route) => route.method !== 'GET' && !isForPrograms(route))
    for (const route of changing) {
      for (const headers of elsewhere) {
        const answer = await send(route, addressOf(world, route.path), { headers })
        assert.equal(answer.status, 403, `${route.path} ${JSON.stringify(headers)}`)
      }
    }
    assert.equal(await everything(world), before)
  })

  test('a method is what the request line says: nothing changes by another name of it', async () => {
    const before = await everything(world)
    for (const route of routesOf(world.portal.app).filter(({ method }) => method !== 'GET')) {
      const names = ['x-http-method-override', 'x-method-override', 'x-http-method']
      const headers = Object.fromEntries(names.map((name) => [name, route.method]))
      const answer = await send(
        { ...route, method: 'GET' },
        `${addressOf(world, route.path)}?_method=${route.method}`,
        { headers },
      )
      await answer.body?.cancel()
    }
    assert.equal(await everything(world), before)
  })

  test('bytes that are no text, in a path or a question, are no error of the server', async () => {
    const failed: string[] = []
    for (const route of routesOf(world.portal.app).filter((route) => !isOperations(route))) {
      for (const path of hostilePaths(route)) {
        const answer = await send(route, path)
        if (answer.status >= 500) failed.push(`${route.method} ${path.slice(0, 200)}`)
        assert.ok(!answer.headers.get('set-cookie')?.includes('a=b'), path)
        await answer.body?.cancel()
      }
    }
    assert.deepEqual(failed, [])
  })

  /** Each name in the route's address replaced, and every question at once. */
  function hostilePaths(route: Route): string[] {
    const places = [...route.path.matchAll(/:\w+(\{[^}]*\})?/g)].map(([place]) => place)
    const paths = places.flatMap((place) => {
      const path = addressOf(world, route.path.replace(place, 'HOSTILE'))
      return (route.method === 'GET' ? hostileBytes : broken.slice(0, 1)).map((hostile) =>
        path.replace('HOSTILE', hostile),
      )
    })
    if (route.method !== 'GET') return paths
    const questions = broken.map((hostile) => asked.map((name) => `${name}=${hostile}`).join('&'))
    return [...paths, ...questions.map((question) => `${addressOf(world, route.path)}?${question}`)]
  }

  test('nor are they in the fields of a form, nor fields that the form does not have', async () => {
    const failed: string[] = []
    for (const route of routesOf(world.portal.app)) {
      if (route.method !== 'POST' || route.path === urls.accounts.signOut.pattern) continue
      for (const hostile of broken) {
        await renew(world, route)
        const body = [...asked, ...fields].map((name) => `${name}=${hostile}`).join('&')
        const { status } = await send(route, addressOf(world, route.path), { body })
        if (status >= 500) failed.push(`${route.path} ${hostile}`)
      }
    }
    assert.deepEqual(failed, [])
    assert.equal(({} as { admin?: unknown }).admin, undefined)
  })
})

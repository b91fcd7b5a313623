import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import { type TestContext, test } from 'node:test'
import { Hono } from 'hono'
import { anAccount, openPortal, signedIn } from '../test/portal.ts'
import { createApp } from './app.ts'
import { AppError } from './platform/errors.ts'
import { allow } from './platform/http/access.ts'
import { acceptUpTo } from './platform/http/body-limit.ts'
import type { PublicEnv } from './platform/http/env.ts'
import { leaveFlash } from './platform/http/flash.ts'
import { asAppError } from './platform/http/problem.ts'
import { createLog } from './platform/log.ts'

const page = { accept: 'text/html,*/*' }
const form = { 'content-type': 'application/x-www-form-urlencoded', origin: 'http://localhost' }

async function problemOf(response: Response) {
  assert.equal(response.headers.get('content-type'), 'application/problem+json')
  return (await response.json()) as { type: string; title: string; status: number; request_id: string }
}

function logLines() {
  const lines: string[] = []
  const into = new Writable({
    write(line, _encoding, done) {
      lines.push(String(line))
      done()
    },
  })
  return { log: createLog('info', into), lines }
}

/** The portal with routes of this test's own behind everything that every request passes. */
async function portalWith(t: TestContext, routes: Hono<PublicEnv>, env: NodeJS.ProcessEnv = {}) {
  const portal = await openPortal(t, env)
  const app = createApp(portal.services)
  app.route('/', routes)
  return { ...portal, app }
}

test('an unknown address answers browsers with a page and programs with a problem', async (t) => {
  const { app } = await openPortal(t)
  const html = await app.request('/nowhere', { headers: page })
  assert.equal(html.status, 404)
  assert.match(await html.text(), /<h1[^>]*>Page not found</)

  const problem = await problemOf(await app.request('/nowhere'))
  assert.equal(problem.type, 'urn:keyport:problem:not_found')
  assert.equal(problem.status, 404)
})

test('errors speak the language of the reader', async (t) => {
  const { app } = await openPortal(t)
  const french = await app.request('/nowhere', { headers: { ...page, 'accept-language': 'fr-CA,fr;q=0.9' } })
  assert.match(await french.text(), /<html lang="fr"[\s\S]*Page introuvable/)
  const chosen = await app.request('/nowhere', {
    headers: { 'accept-language': 'fr', cookie: 'keyport_language=pt-BR' },
  })
  assert.equal((await problemOf(chosen)).title, 'Página não encontrada')
})

test('every answer forbids inline code, framing and sniffing, errors included', async (t) => {
  const { app } = await openPortal(t)
  for (const path of ['/login', '/nowhere', '/healthz']) {
    const { headers } = await app.request(path, { headers: page })
    const policy = headers.get('content-security-policy') ?? ''
    assert.match(policy, /default-src 'self'; .*form-action 'self'; frame-ancestors 'none'/, path)
    assert.doesNotMatch(policy, /unsafe/)
    assert.equal(headers.get('x-content-type-options'), 'nosniff')
    assert.equal(headers.get('referrer-policy'), 'same-origin')
  }
})

test('a sane request number is kept, another one replaced', async (t) => {
  const { app } = await openPortal(t)
  const numberFor = async (given: string) =>
    (await app.request('/healthz', { headers: { 'x-request-id': given } })).headers.get('x-request-id')
  assert.equal(await numberFor('proxy-1234_5.6'), 'proxy-1234_5.6')
  assert.match((await numberFor('a b"c')) ?? '', /^[0-9a-f-]{36}$/)
  assert.match((await numberFor('x'.repeat(65))) ?? '', /^[0-9a-f-]{36}$/)
})

test('a wrong method is told which ones are right', async (t) => {
  const { app } = await openPortal(t)
  const response = await app.request('/login', { method: 'DELETE', headers: { origin: 'http://localhost' } })
  assert.equal(response.status, 405)
  assert.equal(response.headers.get('allow'), 'GET, HEAD, POST')
})

test('forms from other sites are refused, ours are not', async (t) => {
  const routes = new Hono<PublicEnv>().post('/try', allow('anyone'), (c) => c.text('done'))
  const { app } = await portalWith(t, routes)
  const post = async (headers: Record<string, string>) => {
    const response = await app.request('/try', { method: 'POST', body: 'a=b', headers: { ...form, ...headers } })
    return response.status
  }
  assert.equal(await post({ origin: 'https://evil.example' }), 403)
  assert.equal(await post({ origin: 'null' }), 403)
  assert.equal(await post({ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }), 403)
  assert.equal(await post({ origin: 'https://evil.example', 'content-type': 'application/json' }), 403)
  assert.equal(await post({ origin: 'https://evil.example', 'content-type': 'image/png' }), 403)
  assert.equal(await post({ origin: 'http://localhost', 'sec-fetch-site': 'cross-site' }), 403)
  assert.equal(await post({ origin: 'http://localhost', 'sec-fetch-site': 'same-origin' }), 200)
  assert.equal(await post({}), 200)
})

test('no cache keeps a page of somebody who is signed in', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, 'ann@example.com')
  const visitor = await signedIn(portal, 'ann@example.com')
  for (const path of ['/', '/licenses', '/account', '/help']) {
    assert.equal((await visitor.get(path)).headers.get('cache-control'), 'private, no-store', path)
  }
  assert.equal((await portal.app.request('/login')).headers.get('cache-control'), 'private, no-cache')
  assert.match((await portal.app.request('/.well-known/jwks.json')).headers.get('cache-control') ?? '', /^public/)
})

test('production takes forms only from BASE_URL, whatever the Host header says', async (t) => {
  const routes = new Hono<PublicEnv>().post('/try', allow('anyone'), (c) => c.text('done'))
  const { app } = await portalWith(t, routes, {
    NODE_ENV: 'production',
    BASE_URL: 'https://licensing.example',
    SMTP_URL: 'smtp://mail.example',
    KEY_ENCRYPTION_KEY: Buffer.alloc(32).toString('base64'),
  })
  const post = (origin: string) =>
    app.request('http://evil.example/try', { method: 'POST', body: 'a=b', headers: { ...form, origin } })
  assert.equal((await post('http://evil.example')).status, 403)
  const accepted = await post('https://licensing.example')
  assert.equal(accepted.status, 200)
  assert.equal(accepted.headers.get('strict-transport-security'), 'max-age=31536000')
})

test('a body over the limit of its route is refused before it is read', async (t) => {
  const routes = new Hono<PublicEnv>()
    .post('/small', allow('anyone'), async (c) => c.text(String((await c.req.text()).length)))
    .post('/large', allow('anyone'), acceptUpTo(3 * 1024 * 1024), async (c) =>
      c.text(String((await c.req.text()).length)),
    )
  const { app } = await portalWith(t, routes)
  const post = async (path: string, size: number) => {
    const response = await app.request(path, { method: 'POST', body: 'x'.repeat(size), headers: form })
    return response.status
  }
  assert.equal(await post('/small', 1024 * 1024), 200)
  assert.equal(await post('/small', 1024 * 1024 + 1), 413)
  assert.equal(await post('/large', 3 * 1024 * 1024), 200)
  assert.equal(await post('/large', 3 * 1024 * 1024 + 1), 413)
})

test('what nobody foresaw tells the caller only a number, and the log everything', async (t) => {
  const { log, lines } = logLines()
  const { services } = await openPortal(t)
  const app = createApp({ ...services, log })
  app.get('/broken', allow('anyone'), () => {
    throw new Error('secret detail')
  })
  const response = await app.request('/broken?token=abc', { headers: page })
  assert.equal(response.status, 500)
  const html = await response.text()
  assert.doesNotMatch(html, /secret detail/)
  assert.ok(html.includes(response.headers.get('x-request-id')!))
  assert.match(lines.join(''), /secret detail/)
  assert.doesNotMatch(lines.join(''), /token=abc/)
})

test('a log line names the route, not the path', async (t) => {
  const { log, lines } = logLines()
  const { services } = await openPortal(t)
  const app = createApp({ ...services, log })
  app.get('/things/:serial', allow('anyone'), (c) => c.text('ok'))
  await app.request('/things/M0123456789?q=1', { headers: { cookie: 'keyport_session=abc' } })
  const line = JSON.parse(lines.at(-1)!)
  assert.equal(line.route, '/things/:serial')
  assert.equal(line.status, 200)
  assert.doesNotMatch(lines.join(''), /M0123456789|q=1|abc/)
})

test('a visitor without a session is sent to the login page and back', async (t) => {
  const routes = new Hono<PublicEnv>()
    .get('/inside', allow('viewer'), (c) => c.text('in'))
    .post('/inside', allow('viewer'))
  const { app } = await portalWith(t, routes)
  const get = await app.request('/inside?a=1&b=2', { headers: page })
  assert.equal(get.status, 303)
  assert.equal(get.headers.get('location'), '/login?next=%2Finside%3Fa%3D1%26b%3D2')
  assert.equal((await app.request('/inside')).status, 401)
  assert.equal((await app.request('/inside', { method: 'POST', headers: { ...page, ...form } })).status, 401)
})

test('a database that is away answers 503 with the time to try again', async (t) => {
  const routes = new Hono<PublicEnv>().get('/away', allow('anyone'), () => {
    throw new AppError('unavailable', 'gone', { retry_after: 2 })
  })
  const { app } = await portalWith(t, routes)
  const response = await app.request('/away', { headers: page })
  assert.equal(response.status, 503)
  assert.equal(response.headers.get('retry-after'), '2')
  assert.equal(response.headers.get('cache-control'), 'no-store')
})

test('more requests at once than configured are shed at once; the probes answer', async (t) => {
  const gate = Promise.withResolvers<void>()
  const routes = new Hono<PublicEnv>().get('/slow', allow('anyone'), async (c) => {
    await gate.promise
    return c.text('done')
  })
  const { app } = await portalWith(t, routes, { MAX_CONCURRENT_REQUESTS: '2' })
  const slow = [app.request('/slow'), app.request('/slow')]
  const shed = await app.request('/slow')
  assert.equal(shed.status, 503)
  assert.equal(shed.headers.get('retry-after'), '1')
  assert.equal((await app.request('/healthz')).status, 200)
  gate.resolve()
  assert.deepEqual(await Promise.all(slow.map(async (each) => (await each).status)), [200, 200])
  assert.equal((await app.request('/slow')).status, 200)
})

test('a flash is shown by the next page and only by that', async (t) => {
  const routes = new Hono<PublicEnv>()
    .post('/do', allow('anyone'), (c) => {
      leaveFlash(c, 'success', 'Gespeichert – ✓')
      return c.redirect('/see', 303)
    })
    .get('/see', allow('anyone'), (c) => c.html(c.var.flash?.text ?? 'nothing'))
  const { app } = await portalWith(t, routes)
  const left = await app.request('/do', { method: 'POST', body: '', headers: form })
  const cookie = left.headers.getSetCookie()[0]!.split(';')[0]!
  const shown = await app.request('/see', { headers: { cookie } })
  assert.equal(await shown.text(), 'Gespeichert – ✓')
  assert.match(shown.headers.getSetCookie()[0]!, /^keyport_flash=; Max-Age=0/)
  assert.equal(await (await app.request('/see', { headers: { cookie: 'keyport_flash=rubbish' } })).text(), 'nothing')
})

test('readiness says what is missing', async (t) => {
  const { services } = await openPortal(t)
  const ready = await createApp(services, { stopping: false, worker: 'running' }).request('/readyz')
  assert.equal(ready.status, 200)
  const stopping = await createApp(services, { stopping: true, worker: 'stopped' }).request('/readyz')
  assert.equal(stopping.status, 503)
  assert.deepEqual(((await stopping.json()) as { checks: object }).checks, {
    database: 'ok',
    migrations: 'ok',
    process: 'stopping',
    worker: 'stopped',
  })
})

test('metrics are for this machine, or for who has the token', async (t) => {
  const token = 'sixteen characters'
  const { app } = await openPortal(t)
  const from = (address: string) => app.request('/metrics', { headers: { 'x-forwarded-for': address } })
  assert.equal((await from('203.0.113.9')).status, 404)
  for (const forwarded of ['127.0.0.1', 'unknown', '203.0.113.9:1234'])
    assert.equal((await from(forwarded)).status, 404)
  const own = await app.request('/metrics')
  assert.equal(own.status, 200)
  assert.match(await own.text(), /keyport_http_request_seconds_bucket\{.*route="\/metrics"/)

  const guarded = (await openPortal(t, { METRICS_TOKEN: token })).app
  const bearing = (authorization: string) => guarded.request('/metrics', { headers: { authorization } })
  assert.equal((await guarded.request('/metrics')).status, 404)
  assert.equal((await bearing('Bearer sixteen character?')).status, 404)
  assert.equal((await bearing(`Bearer ${token}`)).status, 200)
})

test('errors of the framework get the code of their status', () => {
  assert.equal(asAppError(new SyntaxError('Unexpected token a in JSON at position 1')).code, 'malformed')
  const exception = Object.assign(new Error('x'), { status: 415, getResponse: () => new Response() })
  assert.equal(asAppError(exception).code, 'unsupported_media_type')
  assert.equal(asAppError('thrown text').code, 'internal')
})

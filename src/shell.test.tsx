import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Hono } from 'hono'
import { type Actor, systemActor } from './platform/actor.ts'
import { readConfig } from './platform/config.ts'
import type { PublicEnv, Session } from './platform/http/env.ts'
import { textsFor } from './platform/i18n.ts'
import { shellFor } from './shell.tsx'
import type { Shell } from './ui/layout.tsx'
import { urls } from './urls.ts'

const acme = { id: 'a', name: 'Acme' }
const ann: Actor = { ...systemActor('Ann Miller'), kind: 'user', email: 'ann@acme.example', role: 'viewer' }
const session: Session = {
  id: 's',
  hold: undefined,
  second_factor: false,
  organization_id: 'a',
  organizations: [acme, { id: 'b', name: 'Beta' }],
}

/** The frame of a request to `path`, as `who` would see it. */
async function frameOf(path: string, who: Partial<PublicEnv['Variables']>, init?: RequestInit): Promise<Shell> {
  const read = readConfig({})
  assert.ok(read.ok)
  let shell: Shell | undefined
  const app = new Hono<PublicEnv>().all('*', (c) => {
    const request = { config: read.config, t: textsFor('en'), locale: 'en', theme: 'auto', ...who } as const
    for (const [name, value] of Object.entries(request)) c.set(name as keyof PublicEnv['Variables'], value)
    shell = shellFor(c)
    return c.body(null)
  })
  await app.request(path, init)
  assert.ok(shell)
  return shell
}

test('an anonymous caller sees neither navigation nor search', async () => {
  const shell = await frameOf('/login', {})
  assert.deepEqual([shell.nav, shell.findAction, shell.account], [[], undefined, undefined])
})

test('somebody who must first confirm or agree can only sign out', async () => {
  const shell = await frameOf('/', { visitor: ann, session: { ...session, hold: 'agreement' } })
  assert.deepEqual([shell.nav, shell.findAction, shell.account?.links], [[], undefined, []])
  assert.equal(shell.account?.signOutAction, '/logout')
})

test('the navigation marks where one is, inside a section too', async () => {
  const current = async (path: string) => {
    const { nav } = await frameOf(path, { visitor: ann, session })
    return nav.filter((item) => item.current).map(({ href }) => href)
  }
  assert.deepEqual(await current('/'), ['/'])
  assert.deepEqual(await current('/licenses/K7QX'), ['/licenses'])
  assert.deepEqual(await current('/licensesx'), [])
})

test('an operator without an organization finds administration, and no catalog to search', async () => {
  const robin: Actor = { ...ann, kind: 'operator', role: null, operator_role: 'support' }
  const shell = await frameOf('/admin/requests', { visitor: robin, session })
  assert.deepEqual(
    shell.nav.map(({ href, current }) => [href, current]),
    [
      ['/admin', false],
      ['/admin/requests', true],
      ['/admin/releases', false],
    ],
  )
  assert.equal(shell.findAction, undefined)
  const both = await frameOf('/', { visitor: { ...robin, role: 'viewer' }, session })
  assert.ok(both.nav.some(({ href }) => href === '/licenses') && both.nav.some(({ href }) => href === '/admin'))
})

test('the account names the organization one works for', async () => {
  const { account } = await frameOf('/', { visitor: ann, session })
  assert.equal(account?.organization, 'Acme')
  assert.deepEqual(
    account?.organizations?.map(({ current }) => current),
    [true, false],
  )
})

test('choosing a language comes back to the page, and never leaves the portal', async () => {
  const back = async (path: string, init?: RequestInit) => (await frameOf(path, {}, init)).path
  assert.equal(await back('/licenses?q=K7'), '/licenses?q=K7')
  const post = (referer: string) => ({ method: 'POST', headers: { referer } })
  assert.equal(await back('/save', post('http://localhost/account/new?next=%2F')), '/account/new?next=%2F')
  assert.equal(await back('/save', post('http://evil.example/phish')), '/')
})

test('the help link leads to the page that explains the address, else to the list of all', async () => {
  const expected = {
    '/login': '/help/sign-in',
    '/account/new': '/help/create-account',
    '/account/new/agreement': '/help/user-agreement',
    '/get-a-license-key': '/help/serial-numbers',
    '/get-a-license-key/new-purchase/abc/registration/M0123456789': '/help/registration',
    '/get-a-license-key/registrations/abc': '/help/confirmation',
    '/licenses?q=x': '/help/license-catalog',
    '/licenses/M0123456789': '/help/license-options',
    '/licenses/M0123456789/rehost': '/help/moving-licenses',
    '/licenses/M0123456789/comments/abc/removal': '/help/history',
    '/account/security/authenticator': '/help/security',
    '/account/fields/abc/delete': '/help/fields',
    '/account/confirm/resend': '/help/create-account',
    '/': '/help/home',
    '/admin/requests': '/help/request-queue',
    '/nothing': '/help',
  }
  for (const [path, help] of Object.entries(expected)) assert.equal((await frameOf(path, {})).helpHref, help, path)
})

test('every page of the portal is explained by a help page', async () => {
  const {
    admin: _operators,
    dev: _demo,
    api: _products,
    help: _index,
    keys: _files,
    operations: _machines,
    ...rest
  } = urls
  const paths = patternsOf(rest).map((pattern) => pattern.replace(/:\w+(\{.+\})?/g, 'abc'))
  const lost = []
  for (const path of paths) if ((await frameOf(path, {})).helpHref === '/help') lost.push(path)
  // Buttons of the frame, and what no person opens as a page.
  const none = ['/preferences/language', '/preferences/theme', '/logout', '/organizations/current', '/assets/abc']
  assert.deepEqual(lost.sort(), [...none, '/calendar/abc', '/catalog/export/abc'].sort())
})

function patternsOf(tree: object): string[] {
  if ('pattern' in tree) return [tree.pattern as string]
  return Object.values(tree).flatMap(patternsOf)
}

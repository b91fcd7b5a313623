import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { freshDatabase } from '../../test/database.ts'
import { testServices } from '../../test/services.ts'
import { createApp } from '../app.ts'
import { enqueueMails } from '../platform/mail/index.ts'
import { urls } from '../urls.ts'
import { listMailbox } from './queries.ts'

const nasty = '<script>alert(1)</script>'

async function portal(t: TestContext, env: NodeJS.ProcessEnv = {}) {
  const all = testServices(await freshDatabase(t), env)
  const app = createApp(all)
  const write = (subjects: string[]) =>
    all.db.transaction().execute((trx) =>
      enqueueMails(
        trx,
        new Date(),
        subjects.map((subject) => ({
          template: 'test',
          to: { email: 'ana@a.example', name: nasty },
          locale: 'fr' as const,
          content: { subject, heading: subject, paragraphs: [nasty] },
        })),
      ),
    )
  const get = async (path: string) => app.request(`http://localhost:3000${path}`)
  return { all, write, get }
}

test('GET /dev/mailbox lists mails, newest first, page by page', async (t) => {
  const { write, get } = await portal(t)
  assert.match(await (await get('/dev/mailbox')).text(), /No e-mail yet/)
  for (let i = 0; i < 60; i++) await write([`mail-${String(i).padStart(2, '0')}`])
  const first = await (await get('/dev/mailbox')).text()
  assert.ok(first.indexOf('mail-59') > 0 && first.indexOf('mail-59') < first.indexOf('mail-58'))
  assert.ok(!first.includes('mail-09'))
  const more = first.match(/\/dev\/mailbox\?before=[0-9a-f-]+/)![0]
  const second = await (await get(more)).text()
  assert.ok(second.includes('mail-09') && second.includes('mail-00') && !second.includes('mail-10'))
})

test('GET /dev/mailbox/:mail shows a mail as text, its HTML in a frame that runs nothing', async (t) => {
  const { all, write, get } = await portal(t)
  await write([`Vos clés ${nasty}`])
  const [mail] = (await listMailbox(all.db)).mails
  const page = await get(urls.dev.mail.to({ mail: mail!.id }))
  const body = await page.text()
  assert.equal(page.status, 200)
  assert.ok(!body.includes(nasty))
  assert.match(body, /<iframe[^>]+sandbox="allow-popups[^"]*"/)

  const html = await get(urls.dev.mailHtml.to({ mail: mail!.id }))
  const policy = html.headers.get('content-security-policy')!
  assert.match(policy, /default-src 'none'.*frame-ancestors 'self'.*sandbox/)
  assert.ok(!policy.includes('allow-scripts'))
  assert.equal(html.headers.get('x-frame-options'), null)
  assert.ok(!(await html.text()).includes('<script'))
})

test('GET /dev/mailbox/:mail of an unknown mail is not found', async (t) => {
  const { get } = await portal(t)
  for (const id of ['0197c0de-0000-7000-8000-000000000000', 'x']) {
    assert.equal((await get(urls.dev.mail.to({ mail: id }))).status, 404)
    assert.equal((await get(urls.dev.mailHtml.to({ mail: id }))).status, 404)
  }
})

test('in production there is no mailbox', async (t) => {
  const { all, write, get } = await portal(t, {
    NODE_ENV: 'production',
    SECRET: 'x'.repeat(40),
    BASE_URL: 'https://licensing.example.com',
    SMTP_URL: 'smtp://127.0.0.1:1',
    KEY_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
  })
  await write(['secret'])
  const [mail] = (await listMailbox(all.db)).mails
  const paths = [urls.dev.mailbox.to(), urls.dev.mail.to({ mail: mail!.id }), urls.dev.mailHtml.to({ mail: mail!.id })]
  for (const path of paths) {
    const answer = await get(path)
    assert.equal(answer.status, 404, path)
    assert.ok(!(await answer.text()).includes('secret'))
  }
})

import { Hono } from 'hono'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import type { PublicEnv } from '../platform/http/env.ts'
import { shellFor } from '../shell.tsx'
import { PublicPage } from '../ui/layout.tsx'
import { urls } from '../urls.ts'
import { UnsubscribeBody } from './pages/unsubscribe-page.tsx'
import { unsubscribe } from './preferences.ts'
import { readWish } from './unsubscribe-link.ts'

/**
 * Ends mails by the link in them. The POST comes from a page of ours or from a mail program (RFC 8058), which has
 * neither a session nor our origin: the sealed address alone says whose mails end, and about what.
 */
export const unsubscribeWeb = new Hono<PublicEnv>()
  .get(urls.reminders.unsubscribe.pattern, allow('anyone'), (c) => {
    const { t, config } = c.var
    const token = c.req.query('token') ?? ''
    const wish = readWish(config, token, new Date())
    if (!wish) {
      c.status(410)
      const props = { title: t('reminders.unsubscribe.ended'), lead: t('reminders.unsubscribe.ended_lead') }
      return c.html(<PublicPage shell={shellFor(c)} {...props} children="" />)
    }
    const done = c.req.query('done') !== undefined
    return c.html(
      <PublicPage
        shell={shellFor(c)}
        title={t(done ? 'reminders.unsubscribe.done' : 'reminders.unsubscribe.title')}
        lead={t(done ? 'reminders.unsubscribe.done_lead' : 'reminders.unsubscribe.lead')}
      >
        <UnsubscribeBody t={t} token={token} topics={wish.topics} done={done} has_login={'user_id' in wish.who} />
      </PublicPage>,
    )
  })
  .post(urls.reminders.unsubscribe.pattern, allow('anyone'), async (c) => {
    const token = c.req.query('token') ?? ''
    const now = new Date()
    const wish = readWish(c.var.config, token, now)
    if (!wish) throw new AppError('forbidden', 'no link of ours')
    await unsubscribe(c.var.db, wish.who, wish.topics, now)
    return c.redirect(urls.reminders.unsubscribe.to({ token, done: 'yes' }), 303)
  })

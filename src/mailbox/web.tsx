import { type Context, Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import { z } from 'zod'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import type { PublicEnv } from '../platform/http/env.ts'
import { shellFor } from '../shell.tsx'
import { Page } from '../ui/layout.tsx'
import { urls } from '../urls.ts'
import { MailPage } from './pages/mail-page.tsx'
import { MailboxPage } from './pages/mailbox-page.tsx'
import { findMailboxMail, listMailbox, type MailboxMail } from './queries.ts'

const query = z.object({ before: z.uuid().optional().catch(undefined), to: z.string().max(254).optional() })

/** The mailbox of the demo holds links that sign people in: it does not exist in production. */
const notInProduction = createMiddleware<PublicEnv>(async (c, next) => {
  if (c.var.config.production) throw new AppError('not_found')
  await next()
})

/** All mails that the portal wrote, on a machine without a mail server. */
export const mailboxWeb = new Hono<PublicEnv>()
  .get(urls.dev.mailbox.pattern, allow('anyone'), notInProduction, async (c) => {
    const { before, to } = query.parse(c.req.query())
    const { mails, next } = await listMailbox(c.var.db, { before, to: to || undefined })
    const { t, format } = c.var
    return c.html(
      <Page shell={shellFor(c)} title={t('mail.mailbox.title')} lead={t('mail.mailbox.lead')}>
        <MailboxPage t={t} format={format} mails={mails} next={next} to={to} />
      </Page>,
    )
  })
  .get(urls.dev.mail.pattern, allow('anyone'), notInProduction, async (c) => {
    const mail = await getMail(c)
    const { t, format } = c.var
    return c.html(
      <Page
        shell={shellFor(c)}
        title={mail.subject}
        breadcrumb={[{ text: t('mail.mailbox.title'), href: urls.dev.mailbox.to() }]}
      >
        <MailPage t={t} format={format} mail={mail} />
      </Page>,
    )
  })
  .get(urls.dev.mailHtml.pattern, allow('anyone'), notInProduction, async (c) => {
    const mail = await getMail(c)
    return c.html(mail.html, 200, {
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    })
  })

async function getMail(c: Context<PublicEnv>): Promise<MailboxMail> {
  const id = z.uuid().safeParse(c.req.param('mail'))
  const mail = id.success ? await findMailboxMail(c.var.db, id.data) : undefined
  if (!mail) throw new AppError('not_found')
  return mail
}

import { type Context, Hono } from 'hono'
import { allow } from '../platform/http/access.ts'
import type { PublicEnv } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { emptyForm, type FormState, readForm } from '../platform/http/form.ts'
import { urls } from '../urls.ts'
import { askAuth } from './ask-auth.ts'
import { evenly } from './evenly.ts'
import { countHash, countMail } from './limits.ts'
import { MailMePage } from './pages/mail-me-page.tsx'
import { ResetPage } from './pages/reset-page.tsx'
import { isResetTokenAlive } from './queries.ts'
import { emailSchema, resetSchema } from './schemas.ts'
import { showPublic } from './show-page.tsx'

export const passwordWeb = new Hono<PublicEnv>()
  .get(urls.accounts.forgot.pattern, allow('anyone'), (c) => forgotPage(c, emptyForm))
  .post(urls.accounts.forgot.pattern, allow('anyone'), async (c) => {
    const form = await readForm(c, emailSchema)
    if (!form.ok) return forgotPage(c, form)
    const { email } = form.value
    await countMail(c.var.db, { email, address: c.var.address })
    await evenly(askAuth(c, '/request-password-reset', { email }))
    leaveFlash(c, 'success', c.var.t('accounts.forgot.sent'))
    return c.redirect(urls.accounts.forgot.to(), 303)
  })
  .get(urls.accounts.reset.pattern, allow('anyone'), async (c) => {
    const token = c.req.query('token') ?? ''
    if (!(await isResetTokenAlive(c.var.db, token, new Date()))) return askAgain(c)
    return resetPage(c, emptyForm, token)
  })
  .post(urls.accounts.reset.pattern, allow('anyone'), async (c) => {
    const form = await readForm(c, resetSchema)
    if (!form.ok) return resetPage(c, form, String(form.values.token ?? ''))
    await countHash(c.var.db, c.var.address)
    const { token, password } = form.value
    const answer = await askAuth(c, '/reset-password', { token, newPassword: password })
    if (!answer.ok) return askAgain(c)
    leaveFlash(c, 'success', c.var.t('accounts.sign_in.password_set'))
    return c.redirect(urls.accounts.signIn.to(), 303)
  })

function askAgain(c: Context<PublicEnv>) {
  leaveFlash(c, 'danger', c.var.t('accounts.reset.expired'))
  return c.redirect(urls.accounts.forgot.to(), 303)
}

function forgotPage(c: Context<PublicEnv>, form: FormState) {
  const { t } = c.var
  return showPublic(
    c,
    { title: t('accounts.forgot.title'), lead: t('accounts.forgot.lead'), form },
    <MailMePage t={t} form={form} action={urls.accounts.forgot.to()} submit={t('accounts.forgot.submit')} />,
  )
}

function resetPage(c: Context<PublicEnv>, form: FormState, token: string) {
  const { t } = c.var
  return showPublic(
    c,
    { title: t('accounts.reset.title'), lead: t('accounts.reset.lead'), form },
    <ResetPage t={t} form={form} token={token} />,
  )
}

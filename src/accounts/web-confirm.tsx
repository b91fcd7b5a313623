import { type Context, Hono } from 'hono'
import { allow } from '../platform/http/access.ts'
import type { PublicEnv } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { emptyForm, type FormState, readForm, refused } from '../platform/http/form.ts'
import { urls } from '../urls.ts'
import { askAuth } from './ask-auth.ts'
import { emailOfToken } from './auth.ts'
import { evenly } from './evenly.ts'
import { countMail } from './limits.ts'
import { ConfirmPage } from './pages/confirm-page.tsx'
import { MailMePage, WaitingPage } from './pages/mail-me-page.tsx'
import { resendConfirmation } from './resend-confirmation.ts'
import { confirmSchema, emailSchema } from './schemas.ts'
import { showPublic } from './show-page.tsx'
import { signIn } from './web-sign-in.tsx'

export const confirmWeb = new Hono<PublicEnv>()
  .get(urls.accounts.confirm.pattern, allow('anyone'), async (c) => {
    const token = c.req.query('token') ?? ''
    const email = await emailOfToken(c.var.config, token)
    if (!email) return expiredPage(c)
    if (isConfirmed(c, email)) return c.redirect(urls.home.to(), 303)
    return confirmPage(c, emptyForm, token, email)
  })
  .post(urls.accounts.confirm.pattern, allow('anyone'), async (c) => {
    const form = await readForm(c, confirmSchema)
    const token = String(form.values.token ?? '')
    const email = await emailOfToken(c.var.config, token)
    if (!email || !form.ok) return expiredPage(c)
    if (!isSignedInAs(c, email)) {
      const { password } = form.value
      const { t } = c.var
      if (!password) return confirmPage(c, refused(form, 'password', t('form.required')), token, email)
      const outcome = await signIn(c, { email, password, remember: false })
      if (outcome === 'refused')
        return confirmPage(c, refused(form, 'password', t('accounts.sign_in.refused')), token, email)
    }
    const answer = await askAuth(c, `/verify-email?${new URLSearchParams({ token })}`)
    if (!answer.ok) return expiredPage(c)
    leaveFlash(c, 'success', c.var.t('accounts.confirm.done'))
    return c.redirect(urls.home.to(), 303)
  })
  .get(urls.accounts.resend.pattern, allow('anyone'), (c) => resendPage(c, emptyForm))
  .post(urls.accounts.resend.pattern, allow('anyone'), async (c) => {
    const waiting = waitingEmail(c)
    const form = await readForm(c, emailSchema)
    if (!waiting && !form.ok) return resendPage(c, form)
    const email = waiting ?? (form.ok ? form.value.email : '')
    const { db, config, address } = c.var
    await countMail(db, { email, address })
    await evenly(resendConfirmation(db, config, email, new Date()))
    leaveFlash(c, 'success', c.var.t('accounts.resend.sent'))
    return c.redirect(urls.accounts.resend.to(), 303)
  })

function isSignedInAs(c: Context<PublicEnv>, email: string): boolean {
  return c.var.visitor?.email === email
}

function isConfirmed(c: Context<PublicEnv>, email: string): boolean {
  return isSignedInAs(c, email) && c.var.session?.hold !== 'confirm'
}

/** The address of somebody who is signed in and has not confirmed it. */
function waitingEmail(c: Context<PublicEnv>): string | undefined {
  return c.var.session?.hold === 'confirm' ? (c.var.visitor?.email ?? undefined) : undefined
}

function confirmPage(c: Context<PublicEnv>, form: FormState, token: string, email: string) {
  const { t } = c.var
  return showPublic(
    c,
    { title: t('accounts.confirm.title'), lead: t('accounts.confirm.lead', { email }), form },
    <ConfirmPage t={t} form={form} token={token} email={email} signed_in={isSignedInAs(c, email)} />,
  )
}

function expiredPage(c: Context<PublicEnv>) {
  const { t } = c.var
  c.status(410)
  return showPublic(
    c,
    { title: t('accounts.confirm.expired.title'), lead: t('accounts.confirm.expired.lead') },
    waitingEmail(c) ? (
      <WaitingPage t={t} form={emptyForm} />
    ) : (
      <MailMePage t={t} form={emptyForm} action={urls.accounts.resend.to()} submit={t('accounts.resend.submit')} />
    ),
  )
}

function resendPage(c: Context<PublicEnv>, form: FormState) {
  const { t, visitor, session } = c.var
  if (visitor && !session?.hold) return c.redirect(urls.home.to(), 303)
  const email = waitingEmail(c)
  const title = t('accounts.resend.title')
  if (email) {
    const lead = t('accounts.resend.waiting', { email })
    return showPublic(c, { title, lead }, <WaitingPage t={t} form={form} />)
  }
  return showPublic(
    c,
    { title, lead: t('accounts.resend.lead'), form },
    <MailMePage t={t} form={form} action={urls.accounts.resend.to()} submit={t('accounts.resend.submit')} />,
  )
}

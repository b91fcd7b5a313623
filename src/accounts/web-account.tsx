import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { dayOf } from '../platform/actor.ts'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import type { PublicEnv } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { emptyForm, type FormState, readForm, refused } from '../platform/http/form.ts'
import { urls } from '../urls.ts'
import { notePasswordChange } from './account-hooks.ts'
import { acceptAgreement, getCurrentAgreement } from './agreements.ts'
import { askAuth } from './ask-auth.ts'
import { guessFrom } from './device-cookie.ts'
import { countGuess, forgiveGuesses } from './limits.ts'
import { ownerOf, sessionIdOf } from './owner.ts'
import { AgreementPage } from './pages/agreement-page.tsx'
import { SessionsPage } from './pages/sessions-page.tsx'
import { findSecondFactor, findSessionToken, listSessions } from './queries.ts'
import { acceptSchema, changePasswordSchema, sessionSchema } from './schemas.ts'
import { showInside, showPublic } from './show-page.tsx'
import { securityPage } from './web-security.tsx'

/** better-auth opens a new session for the changed password. */
const changedSchema = z.object({ token: z.string() })

export const accountWeb = new Hono<PublicEnv>()
  .post(urls.accounts.password.pattern, allow('signed_in'), async (c) => {
    const form = await readForm(c, changePasswordSchema)
    if (!form.ok) return securityPage(c, form)
    if (!(await changePassword(c, form.value))) {
      return securityPage(c, refused(form, 'current_password', c.var.t('accounts.password.wrong')))
    }
    leaveFlash(c, 'success', c.var.t('accounts.show.password_changed'))
    return c.redirect(urls.accounts.security.to(), 303)
  })
  .get(urls.accounts.sessions.pattern, allow('signed_in'), async (c) => {
    const { t, format, db, session } = c.var
    const { user_id, now } = ownerOf(c)
    return showInside(
      c,
      {
        title: t('accounts.sessions.title'),
        lead: t('accounts.sessions.lead'),
        breadcrumb: [securityCrumb(c)],
        tabs: true,
      },
      <SessionsPage
        t={t}
        format={format}
        sessions={await listSessions(db, user_id, now)}
        current_id={session?.id ?? ''}
      />,
    )
  })
  .post(urls.accounts.sessions.pattern, allow('signed_in'), async (c) => {
    const form = await readForm(c, sessionSchema)
    if (!form.ok) throw new AppError('malformed')
    const others = form.value.session_id === 'others'
    await (others ? askAuth(c, '/revoke-other-sessions', {}) : revokeSession(c, form.value.session_id))
    leaveFlash(c, 'success', c.var.t(others ? 'accounts.sessions.others_revoked' : 'accounts.sessions.revoked'))
    return c.redirect(urls.accounts.sessions.to(), 303)
  })
  .get(urls.accounts.acceptAgreement.pattern, allow('anyone'), (c) => newAgreementPage(c, emptyForm))
  .post(urls.accounts.acceptAgreement.pattern, allow('anyone'), async (c) => {
    const actor = ownerOf(c)
    const form = await readForm(c, acceptSchema)
    if (form.ok && form.value.decision === 'decline') return declineNew(c)
    if (!form.ok) return newAgreementPage(c, form)
    const current = await getCurrentAgreement(c.var.db, c.var.locale, actor.now)
    if (current.id !== form.value.agreement_id) {
      return newAgreementPage(c, refused(emptyForm, 'read', c.var.t('accounts.agreement.changed')))
    }
    await acceptAgreement(c.var.db, { ...actor, locale: c.var.locale }, current.id)
    return c.redirect(urls.home.to(), 303)
  })

/** @returns false when the current password is wrong; guesses count as at the login. */
async function changePassword(
  c: Context<PublicEnv>,
  { current_password, password }: { current_password: string; password: string },
): Promise<boolean> {
  const { db } = c.var
  const actor = ownerOf(c)
  const guess = guessFrom(c, actor.email ?? '')
  await countGuess(db, guess)
  const passwords = { currentPassword: current_password, newPassword: password }
  const secondFactor = await findSecondFactor(db, sessionIdOf(c))
  const answer = await askAuth(c, '/change-password', { ...passwords, revokeOtherSessions: true })
  const opened = changedSchema.safeParse(answer.body)
  if (!answer.ok || !opened.success) return false
  await forgiveGuesses(db, guess)
  await notePasswordChange(c.var, actor, { token: opened.data.token, secondFactor })
  return true
}

/** Somebody else's session, or one that ended meanwhile, looks like none. */
async function revokeSession(c: Context<PublicEnv>, session_id: string): Promise<void> {
  const token = await findSessionToken(c.var.db, ownerOf(c).user_id, session_id)
  if (!token) throw new AppError('not_found')
  await askAuth(c, '/revoke-session', { token })
}

async function declineNew(c: Context<PublicEnv>) {
  await askAuth(c, '/sign-out', {})
  leaveFlash(c, 'success', c.var.t('accounts.agreement.declined'))
  return c.redirect(urls.accounts.signIn.to(), 303)
}

function securityCrumb(c: Context<PublicEnv>) {
  return { text: c.var.t('security.title'), href: urls.accounts.security.to() }
}

async function newAgreementPage(c: Context<PublicEnv>, form: FormState) {
  const { t, format, session, db, locale, time_zone } = c.var
  if (session?.hold !== 'agreement') return c.redirect(session ? urls.home.to() : urls.accounts.signIn.to(), 303)
  const agreement = await getCurrentAgreement(db, locale, new Date())
  const date = format.day(dayOf(agreement.published_at, time_zone))
  const lead = t('accounts.agreement.new_lead', { version: agreement.version, date })
  return showPublic(
    c,
    { title: t('accounts.agreement.title'), lead, form, wide: true },
    <AgreementPage
      t={t}
      form={form}
      agreement={agreement}
      action={urls.accounts.acceptAgreement.to()}
      hidden={{ agreement_id: agreement.id }}
    />,
  )
}

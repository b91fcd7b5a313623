import { type Context, Hono } from 'hono'
import { allow } from '../platform/http/access.ts'
import type { PublicEnv } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { emptyForm, type FormState, readForm, refused } from '../platform/http/form.ts'
import { chosenLocale } from '../platform/http/preferences.ts'
import { urls } from '../urls.ts'
import { askAuth } from './ask-auth.ts'
import { guessFrom, rememberDevice } from './device-cookie.ts'
import { countGuess, forgiveGuesses } from './limits.ts'
import { noteSignIn } from './note-sign-in.ts'
import { SignInPage } from './pages/sign-in-page.tsx'
import { asksForCode } from './queries.ts'
import { returnPath } from './rules.ts'
import { signInSchema } from './schemas.ts'
import { showPublic } from './show-page.tsx'
import { findOwing } from './web-code.tsx'

export const signInWeb = new Hono<PublicEnv>()
  .get(urls.accounts.signIn.pattern, allow('anyone'), async (c) => {
    const next = c.req.query('next')
    if (c.var.visitor) return c.redirect(returnPath(next, urls.home.to()), 303)
    if (await findOwing(c)) return askForCode(c, next)
    return signInPage(c, emptyForm, next)
  })
  .post(urls.accounts.signIn.pattern, allow('anyone'), async (c) => {
    const form = await readForm(c, signInSchema)
    const next = c.req.query('next') ?? String(form.values.next ?? '')
    if (!form.ok) return signInPage(c, form, next)
    const { email, password, remember } = form.value
    const outcome = await signIn(c, { email, password, remember: remember === 'on' })
    if (outcome === 'refused') {
      return signInPage(c, refused(form, 'password', c.var.t('accounts.sign_in.refused')), next)
    }
    if (outcome === 'code') return askForCode(c, next)
    return c.redirect(returnPath(next, urls.home.to()), 303)
  })
  .post(urls.accounts.signOut.pattern, allow('anyone'), async (c) => {
    await askAuth(c, '/sign-out', {})
    leaveFlash(c, 'success', c.var.t('accounts.sign_in.signed_out'))
    return c.redirect(urls.accounts.signIn.to(), 303)
  })

function askForCode(c: Context<PublicEnv>, next: string | undefined) {
  return c.redirect(urls.accounts.code.to({ next: returnPath(next, '') || undefined }), 303)
}

export function signInPage(c: Context<PublicEnv>, form: FormState, next: string | undefined) {
  const { t } = c.var
  const path = returnPath(next, '')
  const props = { title: t('accounts.sign_in.title'), lead: t('accounts.sign_in.lead'), form }
  return showPublic(c, props, <SignInPage t={t} form={form} next={path || undefined} />)
}

/**
 * Opens a session if the password is right, with a token of its own; a session that this browser had before ends.
 * @returns `code` when the session is worth nothing before the code of the second factor.
 * @throws AppError `too_many_requests` after too many guesses from this address or network, or at this account.
 */
export async function signIn(
  c: Context<PublicEnv>,
  { email, password, remember }: { email: string; password: string; remember: boolean },
): Promise<'signed_in' | 'code' | 'refused'> {
  const { db, address } = c.var
  const guess = guessFrom(c, email)
  await countGuess(db, guess)
  const answer = await askAuth(c, '/sign-in/email', { email, password, rememberMe: remember })
  if (!answer.ok) return 'refused'
  if (c.var.session) await askAuth(c, '/sign-out', {}, 'keep cookies')
  await forgiveGuesses(db, guess)
  rememberDevice(c, email)
  if (await asksForCode(db, email)) return 'code'
  const { request_id } = c.var
  await noteSignIn(db, { email, locale: chosenLocale(c), address, request_id })
  return 'signed_in'
}

import { type Context, Hono } from 'hono'
import { allow } from '../platform/http/access.ts'
import type { PublicEnv } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { emptyForm, type FormState, readForm, refused } from '../platform/http/form.ts'
import { chosenLocale } from '../platform/http/preferences.ts'
import { urls } from '../urls.ts'
import { countCode, forgiveCodes } from './limits.ts'
import { CodePage } from './pages/code-page.tsx'
import { actorOfUser, findUser } from './queries.ts'
import { findCaller } from './read-visitor.ts'
import { returnPath } from './rules.ts'
import { codeSchema } from './schemas.ts'
import { giveCode } from './second-factor.ts'
import { showPublic } from './show-page.tsx'
import { rememberLanguage } from './update-profile.ts'

const ten_minutes = 600_000

/** Between the right password and the session: the code of the second factor. */
export const codeWeb = new Hono<PublicEnv>()
  .get(urls.accounts.code.pattern, allow('anyone'), async (c) => {
    if (!(await findOwing(c))) return c.redirect(urls.accounts.signIn.to({ next: c.req.query('next') }), 303)
    return codePage(c, emptyForm, c.req.query('next'), c.req.query('with') === 'backup')
  })
  .post(urls.accounts.code.pattern, allow('anyone'), async (c) => {
    const form = await readForm(c, codeSchema)
    const next = String(form.values.next ?? '')
    const backup = form.values.with === 'backup'
    const owing = await findOwing(c)
    if (!owing) return tooLate(c, next)
    if (!form.ok) return codePage(c, form, next, backup)
    const { db, address, request_id } = c.var
    await countCode(db, { user_id: owing.user_id, address })
    const user = await findUser(db, owing.user_id)
    if (!user) return tooLate(c, next)
    const owner = { ...actorOfUser(user, new Date(), { address, request_id }), user_id: user.id }
    const right = await giveCode(c.var, owner, { session_id: owing.session_id, code: form.value.code })
    const wrong = c.var.t(backup ? 'security.code.wrong_backup' : 'security.code.wrong')
    if (!right) return codePage(c, refused(emptyForm, 'code', wrong), next, backup)
    await forgiveCodes(db, user.id)
    const locale = chosenLocale(c)
    if (locale) await rememberLanguage(db, user.id, locale)
    return c.redirect(returnPath(next, urls.home.to()), 303)
  })

/** The session that waits for its code, for ten minutes after the password. */
export async function findOwing(c: Context<PublicEnv>) {
  const caller = await findCaller(c)
  const isYoung = caller && caller.started_at.getTime() > Date.now() - ten_minutes
  return isYoung && caller.awaits_code ? caller : undefined
}

function tooLate(c: Context<PublicEnv>, next: string) {
  leaveFlash(c, 'danger', c.var.t('security.code.late'))
  return c.redirect(urls.accounts.signIn.to({ next: returnPath(next, '') || undefined }), 303)
}

function codePage(c: Context<PublicEnv>, form: FormState, next: string | undefined, backup: boolean) {
  const { t } = c.var
  const lead = t(backup ? 'security.code.lead_backup' : 'security.code.lead')
  const path = returnPath(next, '') || undefined
  return showPublic(
    c,
    { title: t('security.code.title'), lead, form },
    <CodePage t={t} form={form} next={path} backup={backup} />,
  )
}

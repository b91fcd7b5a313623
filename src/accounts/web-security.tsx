import { type Context, Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { dayOf } from '../platform/actor.ts'
import { keyFor, seal, unseal } from '../platform/auth/index.ts'
import { allow } from '../platform/http/access.ts'
import type { PublicEnv } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { emptyForm, type FormState, readForm, refused } from '../platform/http/form.ts'
import { urls } from '../urls.ts'
import { countCode, forgiveCodes } from './limits.ts'
import { isOwnPassword } from './own-password.ts'
import { ownerOf, sessionIdOf } from './owner.ts'
import { BackupCodesPage } from './pages/backup-codes-page.tsx'
import { PasswordGatePage } from './pages/password-gate-page.tsx'
import { SecurityPage } from './pages/security-page.tsx'
import { SetUpAppPage } from './pages/set-up-app-page.tsx'
import { findSecurity } from './queries.ts'
import { codeSchema, ownPasswordSchema } from './schemas.ts'
import { confirmTotp, findTotpSetup, removeTotp, renewBackupCodes, startTotp } from './second-factor.ts'
import { showInside } from './show-page.tsx'

const ten_minutes = 600_000
const shown = { cookie: 'keyport_backup_codes', path: urls.accounts.backupCodes.to() }

/** Sign-in and security: the page itself, the authenticator app, backup codes. */
export const securityWeb = new Hono<PublicEnv>()
  .get(urls.accounts.security.pattern, allow('signed_in'), (c) => securityPage(c, emptyForm))
  .get(urls.accounts.authenticator.pattern, allow('signed_in'), (c) => setUpPage(c, emptyForm))
  .post(urls.accounts.startAuthenticator.pattern, allow('signed_in'), async (c) => {
    const form = await readOwnPassword(c)
    if (!form.ok) return startPage(c, form)
    const started = await startTotp(c.var, ownerOf(c))
    return c.redirect((started.ok ? urls.accounts.authenticator : urls.accounts.security).to(), 303)
  })
  .post(urls.accounts.authenticator.pattern, allow('signed_in'), async (c) => {
    const owner = ownerOf(c)
    const form = await readForm(c, codeSchema)
    if (!form.ok) return setUpPage(c, form)
    await countCode(c.var.db, { user_id: owner.user_id, address: c.var.address })
    const code = form.value.code.replace(/\s/g, '')
    const result = await confirmTotp(c.var, owner, { session_id: sessionIdOf(c), code })
    if (result.ok) {
      await forgiveCodes(c.var.db, owner.user_id)
      leaveFlash(c, 'success', c.var.t('security.app.done'))
      return keepShown(c, result.backup_codes)
    }
    if (result.refusal === 'wrong') return setUpPage(c, refused(emptyForm, 'code', c.var.t('security.app.setup.wrong')))
    leaveFlash(c, 'danger', c.var.t('security.app.setup.expired'))
    return c.redirect(urls.accounts.authenticator.to(), 303)
  })
  .get(urls.accounts.removeAuthenticator.pattern, allow('signed_in'), (c) => removePage(c, emptyForm))
  .post(urls.accounts.removeAuthenticator.pattern, allow('signed_in'), async (c) => {
    const form = await readOwnPassword(c)
    if (!form.ok) return removePage(c, form)
    await removeTotp(c.var, ownerOf(c))
    deleteCookie(c, shown.cookie, { path: shown.path })
    leaveFlash(c, 'success', c.var.t('security.app.removed'))
    return c.redirect(urls.accounts.security.to(), 303)
  })
  .get(urls.accounts.renewBackupCodes.pattern, allow('signed_in'), (c) => renewPage(c, emptyForm))
  .post(urls.accounts.renewBackupCodes.pattern, allow('signed_in'), async (c) => {
    const form = await readOwnPassword(c)
    if (!form.ok) return renewPage(c, form)
    const renewed = await renewBackupCodes(c.var, ownerOf(c))
    return renewed.ok ? keepShown(c, renewed.backup_codes) : c.redirect(urls.accounts.security.to(), 303)
  })
  .get(urls.accounts.backupCodes.pattern, allow('signed_in'), (c) => {
    const codes = readShown(c)
    if (!codes) return c.redirect(urls.accounts.security.to(), 303)
    const { t } = c.var
    const title = t('security.backup.title')
    return showInside(
      c,
      { title, lead: t('security.backup.lead'), narrow: true, tabs: true },
      <BackupCodesPage t={t} codes={codes} />,
    )
  })
  .post(urls.accounts.backupCodes.pattern, allow('signed_in'), (c) => {
    deleteCookie(c, shown.cookie, { path: shown.path })
    return c.redirect(urls.accounts.security.to(), 303)
  })
  .get(urls.accounts.backupCodesFile.pattern, allow('signed_in'), (c) => {
    const codes = readShown(c)
    if (!codes) return c.redirect(urls.accounts.security.to(), 303)
    const { t, format, config, time_zone } = c.var
    const date = format.day(dayOf(new Date(), time_zone))
    const head = t('security.backup.file', { email: ownerOf(c).email ?? '', vendor: config.vendor.name, date })
    const name = `attachment; filename="${config.vendor.name.replace(/[^\w-]+/g, '-').toLowerCase()}-backup-codes.txt"`
    const headers = { 'content-type': 'text/plain; charset=utf-8', 'content-disposition': name }
    return c.body(`${[head, '', ...codes].join('\r\n')}\r\n`, 200, headers)
  })

/** A posted form that asks for the own password; not `ok` either when that is wrong. */
async function readOwnPassword(c: Context<PublicEnv>): Promise<FormState & { ok: boolean }> {
  const form = await readForm(c, ownPasswordSchema)
  if (!form.ok) return form
  if (await isOwnPassword(c, ownerOf(c), form.value.current_password)) return form
  return { ...refused(form, 'current_password', c.var.t('accounts.password.wrong')), ok: false }
}

/** Only this browser can show them, for ten minutes: here they lie as hashes. */
function keepShown(c: Context<PublicEnv>, codes: string[]) {
  const expires = new Date(Date.now() + ten_minutes)
  const sealed = seal(keyOfShown(c), codes, expires)
  const secure = c.var.config.base_url.startsWith('https:')
  setCookie(c, shown.cookie, sealed, { path: shown.path, httpOnly: true, sameSite: 'Lax', secure, maxAge: 600 })
  return c.redirect(urls.accounts.backupCodes.to(), 303)
}

function readShown(c: Context<PublicEnv>): string[] | undefined {
  const codes = unseal(keyOfShown(c), getCookie(c, shown.cookie) ?? '', new Date())
  return Array.isArray(codes) ? codes.map(String) : undefined
}

function keyOfShown(c: Context<PublicEnv>): Buffer {
  return keyFor(c.var.config, `backup codes shown to ${ownerOf(c).user_id}`)
}

/** The page of the tab; the form on it changes the password. */
export async function securityPage(c: Context<PublicEnv>, form: FormState) {
  const { t, format, db } = c.var
  const owner = ownerOf(c)
  return showInside(
    c,
    { title: t('security.title'), lead: t('security.lead'), form, tabs: true, narrow: true },
    <SecurityPage
      t={t}
      format={format}
      form={form}
      email={owner.email ?? ''}
      {...(await findSecurity(db, owner.user_id))}
    />,
  )
}

async function setUpPage(c: Context<PublicEnv>, form: FormState) {
  const { t, db } = c.var
  const owner = ownerOf(c)
  const setup = await findTotpSetup(c.var, owner)
  if (setup) {
    const title = t('security.app.setup.title')
    return showInside(c, { title, form, tabs: true, narrow: true }, <SetUpAppPage t={t} form={form} setup={setup} />)
  }
  const { app } = await findSecurity(db, owner.user_id)
  return app ? c.redirect(urls.accounts.security.to(), 303) : startPage(c, emptyForm)
}

function startPage(c: Context<PublicEnv>, form: FormState) {
  const { t } = c.var
  return gatePage(c, form, {
    title: t('security.app.setup.title'),
    lead: t('security.app.setup.lead'),
    action: urls.accounts.startAuthenticator.to(),
    submit: t('security.app.setup.start'),
  })
}

function removePage(c: Context<PublicEnv>, form: FormState) {
  const { t } = c.var
  return gatePage(c, form, {
    title: t('security.app.remove.title'),
    lead: t('security.app.remove.lead'),
    action: urls.accounts.removeAuthenticator.to(),
    submit: t('security.app.remove.submit'),
    look: 'danger',
  })
}

function renewPage(c: Context<PublicEnv>, form: FormState) {
  const { t } = c.var
  return gatePage(c, form, {
    title: t('security.backup.new'),
    lead: t('security.backup.new.lead'),
    action: urls.accounts.renewBackupCodes.to(),
    submit: t('security.backup.new.submit'),
  })
}

type Gate = { title: string; lead: string; action: string; submit: string; look?: 'danger' }

/** Asks for the password before something that changes who may sign in. */
function gatePage(c: Context<PublicEnv>, form: FormState, { title, lead, action, submit, look }: Gate) {
  const { t } = c.var
  const email = ownerOf(c).email ?? ''
  return showInside(
    c,
    { title, lead, form, tabs: true, narrow: true },
    <PasswordGatePage t={t} form={form} email={email} action={action} submit={submit} look={look} />,
  )
}

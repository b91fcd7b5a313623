import { Readable } from 'node:stream'
import { type Context, Hono } from 'hono'
import { allow } from '../platform/http/access.ts'
import type { PublicEnv } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { emptyForm, type FormState, formOf, readForm, refused } from '../platform/http/form.ts'
import { keepLocale, speak } from '../platform/http/preferences.ts'
import { urls } from '../urls.ts'
import { askAuth } from './ask-auth.ts'
import {
  cancelEmailChange,
  confirmEmailChange,
  findEmailChange,
  findOpenEmailChange,
  requestEmailChange,
} from './change-email.ts'
import { closeAccount } from './close-account.ts'
import { evenly } from './evenly.ts'
import { exportData } from './export-data.ts'
import { countMail } from './limits.ts'
import { isOwnPassword } from './own-password.ts'
import { ownerOf, sessionIdOf, userOf } from './owner.ts'
import { AccountPage } from './pages/account-page.tsx'
import { ClosePage } from './pages/close-page.tsx'
import { ConfirmEmailPage, ExpiredEmailPage } from './pages/confirm-email-page.tsx'
import { listOrganizationsAlone, localeOf, type User } from './queries.ts'
import { changeEmailSchema, closeSchema, profileSchema, tokenSchema } from './schemas.ts'
import { showInside } from './show-page.tsx'
import { updateProfile } from './update-profile.ts'

/** Edit My Account: contact data, the e-mail address, the own data as a file, closing the account. */
export const profileWeb = new Hono<PublicEnv>()
  .get(urls.accounts.show.pattern, allow('signed_in'), (c) => accountPage(c, {}))
  .post(urls.accounts.show.pattern, allow('signed_in'), async (c) => {
    const form = await readForm(c, profileSchema)
    if (!form.ok) return accountPage(c, { profile: form })
    await updateProfile(c.var.db, ownerOf(c), form.value)
    keepLocale(c, form.value.locale)
    speak(c, form.value.locale, form.value.time_zone)
    return done(c, 'accounts.show.saved')
  })
  .post(urls.accounts.changeEmail.pattern, allow('signed_in'), async (c) => {
    const owner = ownerOf(c)
    const { t, db, address } = c.var
    const form = await readForm(c, changeEmailSchema)
    if (!form.ok) return accountPage(c, { email: form })
    const { new_email, current_password } = form.value
    if (new_email === owner.email)
      return accountPage(c, { email: refused(form, 'new_email', t('security.email.same')) })
    if (!(await isOwnPassword(c, owner, current_password))) {
      return accountPage(c, { email: refused(form, 'current_password', t('accounts.password.wrong')) })
    }
    await countMail(db, { email: new_email, address })
    await evenly(requestEmailChange(c.var, owner, new_email))
    return done(c, 'security.email.sent')
  })
  .post(urls.accounts.cancelEmail.pattern, allow('signed_in'), async (c) => {
    await cancelEmailChange(c.var.db, ownerOf(c))
    return done(c, 'security.email.cancelled')
  })
  .get(urls.accounts.confirmEmail.pattern, allow('signed_in'), async (c) => {
    const token = c.req.query('token') ?? ''
    const owner = ownerOf(c)
    const found = await findEmailChange(c.var.db, owner, token)
    if (!found) return expiredPage(c)
    const { t } = c.var
    const { new_email } = found.change
    const old_email = owner.email ?? ''
    return showInside(
      c,
      {
        title: t('security.email.confirm.title'),
        lead: t('security.email.confirm.lead', { old_email, new_email }),
        narrow: true,
      },
      <ConfirmEmailPage t={t} token={token} email={found.side === 'old' ? old_email : new_email} />,
    )
  })
  .post(urls.accounts.confirmEmail.pattern, allow('signed_in'), async (c) => {
    const form = await readForm(c, tokenSchema)
    if (!form.ok) return expiredPage(c)
    const owner = ownerOf(c)
    const { t, db } = c.var
    const open = await findOpenEmailChange(db, owner)
    const result = await confirmEmailChange(c.var, owner, { token: form.value.token, session_id: sessionIdOf(c) })
    if (!result.ok && result.refusal === 'unknown') return expiredPage(c)
    const new_email = open?.new_email ?? ''
    if (!result.ok) leaveFlash(c, 'danger', t('security.email.confirm.taken'))
    else if (result.state === 'done') leaveFlash(c, 'success', t('security.email.confirm.done', { email: new_email }))
    else {
      const email = result.for === 'old' ? (owner.email ?? '') : new_email
      leaveFlash(c, 'success', t('security.email.confirm.wait', { email }))
    }
    return c.redirect(urls.accounts.show.to(), 303)
  })
  .post(urls.accounts.data.pattern, allow('signed_in'), async (c) => {
    const owner = ownerOf(c)
    const data = Readable.toWeb(Readable.from(await exportData(c.var.db, owner), { objectMode: false }))
    const disposition = `attachment; filename="my-data-${owner.today}.json"`
    return c.body(data as ReadableStream, 200, {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': disposition,
    })
  })
  .get(urls.accounts.close.pattern, allow('signed_in'), (c) => closePage(c, emptyForm))
  .post(urls.accounts.close.pattern, allow('signed_in'), async (c) => {
    const owner = ownerOf(c)
    const { t } = c.var
    const form = await readForm(c, closeSchema)
    if (!form.ok) return closePage(c, form)
    if (form.value.typed.toLowerCase() !== owner.email) {
      return closePage(c, refused(form, 'typed', t('security.close.typed_wrong')))
    }
    if (!(await isOwnPassword(c, owner, form.value.current_password))) {
      return closePage(c, refused(form, 'current_password', t('accounts.password.wrong')))
    }
    const closed = await closeAccount(c.var, owner, pseudonymOf(c))
    if (!closed.ok) return closePage(c, refused(form, 'form', reasonOf(c, closed)))
    await askAuth(c, '/sign-out', {})
    leaveFlash(c, 'success', t('security.close.done'))
    return c.redirect(urls.accounts.signIn.to(), 303)
  })

type Done = 'accounts.show.saved' | 'security.email.sent' | 'security.email.cancelled'

function done(c: Context<PublicEnv>, text: Done) {
  leaveFlash(c, 'success', c.var.t(text))
  return c.redirect(urls.accounts.show.to(), 303)
}

async function accountPage(c: Context<PublicEnv>, typed: { profile?: FormState; email?: FormState }) {
  const { t, format, db } = c.var
  const user = await userOf(c)
  const profile = typed.profile ?? formOf(valuesOf(user))
  const email = typed.email ?? emptyForm
  const form = { values: {}, errors: { ...profile.errors, ...email.errors } }
  return showInside(
    c,
    { title: t('accounts.show.title'), lead: t('accounts.show.lead'), form, tabs: true, narrow: true },
    <AccountPage
      t={t}
      format={format}
      email={user.email}
      locale={localeOf(user)}
      time_zone={user.timeZone}
      profile={profile}
      email_form={email}
      change={await findOpenEmailChange(db, ownerOf(c))}
    />,
  )
}

function valuesOf(user: User) {
  return {
    given_name: user.givenName,
    family_name: user.familyName,
    phone: user.phone ?? '',
    locale: user.locale,
    time_zone: user.timeZone,
  }
}

function expiredPage(c: Context<PublicEnv>) {
  const { t } = c.var
  c.status(410)
  const frame = { title: t('security.email.expired.title'), lead: t('security.email.expired.lead'), narrow: true }
  return showInside(c, frame, <ExpiredEmailPage t={t} />)
}

/** Tells two former users apart, and nobody who they were. */
function pseudonymOf(c: Context<PublicEnv>): string {
  return c.var.t('security.close.pseudonym', { code: ownerOf(c).user_id.slice(-5).toUpperCase() })
}

function reasonOf(c: Context<PublicEnv>, closed: { refusal: string; organizations?: { name: string }[] }): string {
  const { t } = c.var
  if (closed.refusal === 'operator') return t('security.close.operator')
  const organizations = (closed.organizations ?? []).map(({ name }) => name).join(', ')
  return t('security.close.last_administrator', { organizations })
}

async function closePage(c: Context<PublicEnv>, form: FormState) {
  const { t, db } = c.var
  const owner = ownerOf(c)
  return showInside(
    c,
    { title: t('security.close.title'), lead: t('security.close.lead'), form, tabs: true, narrow: true },
    <ClosePage
      t={t}
      form={form}
      email={owner.email ?? ''}
      pseudonym={pseudonymOf(c)}
      alone={await listOrganizationsAlone(db, owner.user_id)}
    />,
  )
}

import { type Context, Hono } from 'hono'
import { findInvitation, stateOfInvitation } from '../organizations/index.ts'
import { type Actor, dayOf } from '../platform/actor.ts'
import { hashPassword, keyFor, seal, unseal } from '../platform/auth/index.ts'
import { countryOptions } from '../platform/countries.ts'
import { allow } from '../platform/http/access.ts'
import type { PublicEnv } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { emptyForm, type FormState, readForm, refused } from '../platform/http/form.ts'
import { keepLocale, speak } from '../platform/http/preferences.ts'
import { uuidv7 } from '../platform/ids.ts'
import { urls } from '../urls.ts'
import { type Agreement, getCurrentAgreement } from './agreements.ts'
import { createAccount, type NewHome } from './create-account.ts'
import { evenly } from './evenly.ts'
import { countHash, countMail } from './limits.ts'
import { AgreementPage } from './pages/agreement-page.tsx'
import { CreateAccountPage, type Invited } from './pages/create-account-page.tsx'
import { CreatedPage } from './pages/created-page.tsx'
import { type CreateAccountForm, createAccountSchema, decisionSchema, invitedAccountSchema } from './schemas.ts'
import { showPublic } from './show-page.tsx'

/** What travels in the agreement's form: nothing is stored before the visitor accepts. */
type Draft = Omit<CreateAccountForm, 'password' | 'company' | 'country'> &
  NewHome & { password_hash: string; user_id: string; agreement_id: string }

const minute = 60_000
const draftLifetime = 30 * minute

export const createAccountWeb = new Hono<PublicEnv>()
  .get(urls.accounts.create.pattern, allow('anyone'), async (c) => {
    const token = c.req.query('invitation')
    if (c.var.visitor) return c.redirect(token ? urls.organizations.invited.to({ token }) : urls.home.to(), 303)
    if (!token) return createPage(c, emptyForm)
    const invitation = await findOpenInvitation(c, token)
    return invitation ? createPage(c, emptyForm, invitation) : c.redirect(urls.organizations.invited.to({ token }), 303)
  })
  .post(urls.accounts.create.pattern, allow('anyone'), async (c) => {
    const token = c.req.query('invitation')
    if (token) return signUpInvited(c, token)
    const form = await readForm(c, createAccountSchema)
    return form.ok ? askAgreement(c, form.value) : createPage(c, form)
  })
  .get(urls.accounts.agreement.pattern, allow('anyone'), (c) => c.redirect(urls.accounts.create.to(), 303))
  .post(urls.accounts.agreement.pattern, allow('anyone'), async (c) => {
    const form = await readForm(c, decisionSchema)
    const draft = openDraft(c, String(form.values.sealed ?? ''))
    if (form.ok && form.value.decision === 'decline') return decline(c)
    if (!draft) return startAgain(c)
    speak(c, draft.locale, draft.time_zone)
    const agreement = await getCurrentAgreement(c.var.db, draft.locale, new Date())
    const changed = agreement.id !== draft.agreement_id
    if (changed || !form.ok) {
      const said = changed ? refused(emptyForm, 'read', c.var.t('accounts.agreement.changed')) : form
      return agreementPage(c, { ...draft, agreement_id: agreement.id }, agreement, said)
    }
    return accept(c, draft)
  })
  .get(urls.accounts.created.pattern, allow('anyone'), (c) => {
    const email = unseal(sealKey(c, 'created'), c.req.query('to') ?? '', new Date())
    if (typeof email !== 'string') return c.redirect(urls.accounts.signIn.to(), 303)
    const { t } = c.var
    return showPublic(
      c,
      { title: t('accounts.created.title'), lead: t('accounts.created.lead') },
      <CreatedPage t={t} email={email} />,
    )
  })

/** The address is the one that the invitation went to, whatever the form says. */
async function signUpInvited(c: Context<PublicEnv>, token: string) {
  const invitation = await findOpenInvitation(c, token)
  if (!invitation) return c.redirect(urls.organizations.invited.to({ token }), 303)
  const form = await readForm(c, invitedAccountSchema)
  if (!form.ok) return createPage(c, form, invitation)
  return askAgreement(c, { ...form.value, email: invitation.email, invitation: token })
}

async function findOpenInvitation(c: Context<PublicEnv>, token: string): Promise<Invited | undefined> {
  const invitation = await findInvitation(c.var.db, token)
  const isOpen = invitation && stateOfInvitation(invitation, new Date()) === 'open'
  return isOpen ? { token, email: invitation.email, organization: invitation.organization } : undefined
}

type Typed = Omit<CreateAccountForm, 'company' | 'country'> & NewHome

async function askAgreement(c: Context<PublicEnv>, { password, ...rest }: Typed) {
  await countHash(c.var.db, c.var.address)
  const password_hash = await hashPassword(password)
  const agreement = await getCurrentAgreement(c.var.db, rest.locale, new Date())
  speak(c, rest.locale, rest.time_zone)
  return agreementPage(c, { ...rest, password_hash, user_id: uuidv7(), agreement_id: agreement.id }, agreement)
}

async function accept(c: Context<PublicEnv>, draft: Draft) {
  const { db, config, address } = c.var
  await countMail(db, { email: draft.email, address })
  await evenly(createAccount(db, visitorOf(c, draft), { ...draft, config }))
  keepLocale(c, draft.locale)
  const to = seal(sealKey(c, 'created'), draft.email, new Date(Date.now() + draftLifetime))
  return c.redirect(urls.accounts.created.to({ to }), 303)
}

function decline(c: Context<PublicEnv>) {
  leaveFlash(c, 'success', c.var.t('accounts.sign_in.declined'))
  return c.redirect(urls.accounts.signIn.to(), 303)
}

function startAgain(c: Context<PublicEnv>) {
  leaveFlash(c, 'danger', c.var.t('accounts.create.expired'))
  return c.redirect(urls.accounts.create.to(), 303)
}

function createPage(c: Context<PublicEnv>, form: FormState, invited?: Invited) {
  const { t, locale, format } = c.var
  const lead = invited
    ? t('accounts.create.invited', { organization: invited.organization })
    : t('accounts.create.lead')
  const countries = countryOptions(locale, format)
  return showPublic(
    c,
    { title: t('accounts.create.title'), lead, form, wide: true },
    <CreateAccountPage t={t} form={form} locale={locale} countries={countries} invited={invited} />,
  )
}

function agreementPage(c: Context<PublicEnv>, draft: Draft, agreement: Agreement, form: FormState = emptyForm) {
  const { t, format } = c.var
  const sealed = seal(sealKey(c, 'draft'), draft, new Date(Date.now() + draftLifetime))
  const date = format.day(dayOf(agreement.published_at, c.var.time_zone))
  const lead = t('accounts.agreement.lead', { version: agreement.version, date })
  return showPublic(
    c,
    { title: t('accounts.agreement.title'), lead, form, wide: true },
    <AgreementPage t={t} form={form} agreement={agreement} action={urls.accounts.agreement.to()} hidden={{ sealed }} />,
  )
}

function openDraft(c: Context<PublicEnv>, sealed: string): Draft | undefined {
  return unseal(sealKey(c, 'draft'), sealed, new Date()) as Draft | undefined
}

function sealKey(c: Context<PublicEnv>, purpose: 'draft' | 'created'): Buffer {
  return keyFor(c.var.config, `create account: ${purpose}`)
}

/** A visitor who is about to become a user. */
function visitorOf(c: Context<PublicEnv>, draft: Draft): Actor {
  const now = new Date()
  return {
    kind: 'user',
    user_id: null,
    name: `${draft.given_name} ${draft.family_name}`,
    email: draft.email,
    organization_id: null,
    role: null,
    operator_role: null,
    locale: draft.locale,
    time_zone: draft.time_zone,
    now,
    today: dayOf(now, draft.time_zone),
    request_id: c.var.request_id,
    address: c.var.address,
  }
}

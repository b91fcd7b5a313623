import { type Context, Hono } from 'hono'
import { isAtLeast, type Member } from '../platform/actor.ts'
import { countryOptions } from '../platform/countries.ts'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import type { Env, PublicEnv } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { emptyForm, type FormState, formOf, readForm, refused } from '../platform/http/form.ts'
import { urls } from '../urls.ts'
import { answerAccess } from './answer-access.ts'
import { changeRole } from './change-role.ts'
import { HistoryCard } from './pages/history-card.tsx'
import { MemberBody, RemoveBody } from './pages/member-page.tsx'
import { MembersBody } from './pages/members-page.tsx'
import { SettingsBody } from './pages/settings-page.tsx'
import {
  findAccessRequest,
  getMember,
  getOrganization,
  listAccessRequests,
  listInvitations,
  listMembers,
  listOrganizationHistory,
} from './queries.ts'
import { removeMember } from './remove-member.ts'
import { type StoredSettings, saveSettings } from './save-settings.ts'
import { answerSchema, cursorSchema, roleSchema, settingsSchema, sureSchema } from './schemas.ts'
import { showPage } from './show-page.tsx'

export const membersWeb = new Hono<PublicEnv>().get(
  urls.organizations.members.pattern,
  allow('signed_in'),
  async (c) => {
    const { visitor } = c.var
    if (!visitor || !isAtLeast(visitor, 'viewer')) return c.redirect(urls.organizations.join.to(), 303)
    return membersPage(c, visitor)
  },
)

export const peopleWeb = new Hono<Env>()
  .post(urls.organizations.access.pattern, allow('administrator'), async (c) => {
    const { db, actor, config } = c.var
    const { name } = await findAccessRequest(db, actor.organization_id, c.req.param('access'))
    const form = await readForm(c, answerSchema)
    if (!form.ok) throw new AppError('malformed')
    const role = form.value.answer === 'refuse' ? null : form.value.answer
    await answerAccess(db, actor, { access_request_id: c.req.param('access'), role }, config)
    return done(c, c.var.t(role ? 'organizations.requests.granted' : 'organizations.requests.refused', { name }))
  })
  .get(urls.organizations.member.pattern, allow('administrator'), (c) => memberPage(c, emptyForm))
  .post(urls.organizations.member.pattern, allow('administrator'), async (c) => {
    const { t, db, actor, config } = c.var
    const { user_id, name } = await getMember(db, actor.organization_id, c.req.param('member'))
    const form = await readForm(c, roleSchema)
    if (!form.ok) return memberPage(c, form)
    const { role } = form.value
    const changed = await changeRole(db, actor, { user_id, role }, config)
    if (!changed.ok) return memberPage(c, refused(form, 'role', t('organizations.last_administrator')))
    return done(c, t('organizations.member.saved', { name, role: t(`organizations.role.${role}`) }))
  })
  .get(urls.organizations.remove.pattern, allow('administrator'), (c) => removePage(c, emptyForm))
  .post(urls.organizations.remove.pattern, allow('administrator'), async (c) => {
    const { t, db, actor, config } = c.var
    const { user_id, name } = await getMember(db, actor.organization_id, c.req.param('member'))
    const form = await readForm(c, sureSchema)
    if (!form.ok) return removePage(c, form)
    const removed = await removeMember(db, actor, { user_id }, config)
    if (!removed.ok) return removePage(c, refused(form, 'sure', t('organizations.last_administrator')))
    return done(c, t('organizations.remove.done', { name }))
  })
  .get(urls.organizations.leave.pattern, allow('viewer'), (c) => leavePage(c, emptyForm))
  .post(urls.organizations.leave.pattern, allow('viewer'), async (c) => {
    const { t, db, actor, config } = c.var
    const { name } = await getOrganization(db, actor.organization_id)
    const form = await readForm(c, sureSchema)
    if (!form.ok) return leavePage(c, form)
    const left = await removeMember(db, actor, { user_id: actor.user_id }, config)
    if (!left.ok) return leavePage(c, refused(form, 'sure', t('organizations.last_administrator')))
    leaveFlash(c, 'success', t('organizations.leave.done', { organization: name }))
    return c.redirect(urls.home.to(), 303)
  })
  .get(urls.organizations.settings.pattern, allow('administrator'), async (c) => {
    const { name, country, keys_in_email, revision } = await getOrganization(c.var.db, c.var.actor.organization_id)
    const values = { name, country: country ?? '', keys_in_email: keys_in_email ? ['on'] : [] }
    return settingsPage(c, formOf(values), revision)
  })
  .post(urls.organizations.settings.pattern, allow('administrator'), async (c) => {
    const form = await readForm(c, settingsSchema)
    // A box without a tick is not sent, and must not come back ticked.
    const shown = { ...form, values: { ...form.values, keys_in_email: form.values.keys_in_email ?? [] } }
    if (!form.ok) return settingsPage(c, shown, Number(form.values.revision) || 1)
    const saved = await saveSettings(c.var.db, c.var.actor, form.value)
    if (saved.ok) return done(c, c.var.t('organizations.settings.saved'))
    const stale = refused(shown, 'form', c.var.t('organizations.settings.stale'))
    return settingsPage(c, stale, saved.stored?.revision ?? form.value.revision, saved.stored)
  })

function done(c: Context<Env>, text: string) {
  leaveFlash(c, 'success', text)
  return c.redirect(urls.organizations.members.to(), 303)
}

async function membersPage(c: Context<PublicEnv>, actor: Member) {
  const { t, format, db } = c.var
  const { organization_id, user_id, now } = actor
  const { after, before } = cursorSchema.parse(c.req.query())
  const administers = isAtLeast(actor, 'administrator')
  const props = {
    ...{ t, format, now, user_id },
    organization: await getOrganization(db, organization_id),
    members: await listMembers(db, organization_id, after),
    administration: administers
      ? {
          invitations: await listInvitations(db, organization_id),
          requests: await listAccessRequests(db, organization_id),
        }
      : undefined,
  }
  const invite = { text: t('organizations.invite.title'), href: urls.organizations.invite.to(), icon: 'plus' as const }
  return showPage(
    c,
    { title: t('organizations.title'), lead: t('organizations.lead'), action: administers ? invite : undefined },
    <>
      <MembersBody {...props} />
      {administers && (
        <HistoryCard t={t} format={format} history={await listOrganizationHistory(db, organization_id, before)} />
      )}
    </>,
  )
}

async function memberPage(c: Context<Env>, form: FormState) {
  const { t, db, actor } = c.var
  const { user_id, name, role } = await getMember(db, actor.organization_id, c.req.param('member') ?? '')
  const title = t('organizations.member.title', { name })
  return showPage(c, { title, form, below: true }, <MemberBody t={t} form={form} user_id={user_id} role={role} />)
}

async function removePage(c: Context<Env>, form: FormState) {
  const { t, db, actor } = c.var
  const { user_id, name } = await getMember(db, actor.organization_id, c.req.param('member') ?? '')
  const { name: organization } = await getOrganization(db, actor.organization_id)
  const action = urls.organizations.remove.to({ member: user_id })
  return showPage(
    c,
    { title: t('organizations.remove.title_of', { name, organization }), form, below: true },
    <RemoveBody {...{ t, form, action, organization, name }} own={false} />,
  )
}

async function leavePage(c: Context<Env>, form: FormState) {
  const { t, db, actor } = c.var
  const { name: organization } = await getOrganization(db, actor.organization_id)
  return showPage(
    c,
    { title: t('organizations.leave.title', { organization }), form, below: true },
    <RemoveBody {...{ t, form, organization }} name={actor.name} action={urls.organizations.leave.to()} own />,
  )
}

function settingsPage(c: Context<Env>, form: FormState, revision: number, meanwhile?: StoredSettings) {
  const { t, format, locale } = c.var
  return showPage(
    c,
    { title: t('organizations.settings.title'), form, below: true },
    <SettingsBody {...{ t, format, form, revision, meanwhile }} countries={countryOptions(locale, format)} />,
  )
}

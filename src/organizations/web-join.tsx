import { type Context, Hono } from 'hono'
import type { Actor } from '../platform/actor.ts'
import { countryOptions } from '../platform/countries.ts'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import type { PublicEnv } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { emptyForm, type FormState, readForm } from '../platform/http/form.ts'
import { urls } from '../urls.ts'
import { acceptInvitation } from './accept-invitation.ts'
import { askAccess } from './ask-access.ts'
import { JoinBody } from './pages/join-page.tsx'
import { getOrganization, listInvitationsFor } from './queries.ts'
import { acceptSchema, askSchema, newOrganizationSchema } from './schemas.ts'
import { showPage } from './show-page.tsx'
import { startOrganization } from './start-organization.ts'
import { switchOrganization } from './switch-organization.ts'

export const joinWeb = new Hono<PublicEnv>()
  .get(urls.organizations.join.pattern, allow('signed_in'), (c) => joinPage(c, {}))
  .post(urls.organizations.ask.pattern, allow('signed_in'), async (c) => {
    const form = await readForm(c, askSchema)
    if (!form.ok) return joinPage(c, { ask: form })
    await askAccess(c.var.db, userOf(c), form.value)
    leaveFlash(c, 'success', c.var.t('organizations.ask.done'))
    return c.redirect(urls.organizations.join.to(), 303)
  })
  .post(urls.organizations.accept.pattern, allow('signed_in'), async (c) => {
    const form = await readForm(c, acceptSchema)
    if (!form.ok) throw new AppError('malformed')
    const { organization_id } = await acceptInvitation(c.var.db, userOf(c), form.value, c.var.config)
    return workFor(c, organization_id)
  })
  .post(urls.organizations.create.pattern, allow('signed_in'), async (c) => {
    const form = await readForm(c, newOrganizationSchema)
    if (!form.ok) return joinPage(c, { start: form })
    const started = await startOrganization(c.var.db, userOf(c), form.value)
    return started.ok ? workFor(c, started.organization_id) : c.redirect(urls.home.to(), 303)
  })

function userOf(c: Context<PublicEnv>): Actor & { user_id: string } {
  const { visitor } = c.var
  if (!visitor?.user_id) throw new AppError('not_signed_in')
  return { ...visitor, user_id: visitor.user_id }
}

/** Goes on in the organization that was just joined. */
async function workFor(c: Context<PublicEnv>, organization_id: string) {
  const { t, db, session } = c.var
  if (session) await switchOrganization(db, userOf(c), { session_id: session.id, organization_id })
  const { name } = await getOrganization(db, organization_id)
  leaveFlash(c, 'success', t('organizations.joined', { organization: name }))
  return c.redirect(urls.home.to(), 303)
}

async function joinPage(c: Context<PublicEnv>, { ask, start }: { ask?: FormState; start?: FormState }) {
  const { t, format, locale, db, session } = c.var
  const { email, now } = userOf(c)
  const free = session?.organizations.length === 0
  return showPage(
    c,
    {
      title: t(free ? 'organizations.join.title' : 'organizations.join.another'),
      lead: free ? t('organizations.join.lead') : undefined,
      form: ask ?? start,
      below: !free,
    },
    <JoinBody
      t={t}
      invitations={await listInvitationsFor(db, email ?? '', now)}
      ask={ask ?? emptyForm}
      start={free ? { form: start ?? emptyForm, countries: countryOptions(locale, format) } : undefined}
    />,
  )
}

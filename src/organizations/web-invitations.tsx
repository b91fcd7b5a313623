import { type Context, Hono } from 'hono'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import type { Env, PublicEnv } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { emptyForm, type FormState, readForm, refused } from '../platform/http/form.ts'
import { shellFor } from '../shell.tsx'
import { PublicPage } from '../ui/layout.tsx'
import { urls } from '../urls.ts'
import { resendInvitation, withdrawInvitation } from './change-invitation.ts'
import { inviteMember } from './invite-member.ts'
import { InvitedBody } from './pages/invited-page.tsx'
import { inviteText } from './pages/join-page.tsx'
import { InviteBody } from './pages/member-page.tsx'
import { findInvitation, findOwnInvitation } from './queries.ts'
import { mostInvitations, stateOfInvitation } from './rules.ts'
import { invitationSchema, inviteSchema } from './schemas.ts'
import { showPage } from './show-page.tsx'

export const invitationsWeb = new Hono<Env>()
  .get(urls.organizations.invite.pattern, allow('administrator'), (c) => invitePage(c, emptyForm))
  .post(urls.organizations.invite.pattern, allow('administrator'), async (c) => {
    const { t, db, actor, config } = c.var
    const form = await readForm(c, inviteSchema)
    if (!form.ok) return invitePage(c, form)
    const invited = await inviteMember(db, actor, form.value, config)
    if (!invited.ok) {
      const text = t(`organizations.invite.${invited.refusal}`, { most: mostInvitations })
      return invitePage(c, refused(form, 'email', text))
    }
    return done(c, t('organizations.invite.done', { email: form.value.email }))
  })
  .post(urls.organizations.invitation.pattern, allow('administrator'), async (c) => {
    const { t, db, actor, config } = c.var
    const invitation_id = c.req.param('invitation')
    const { email } = await findOwnInvitation(db, actor.organization_id, invitation_id)
    const form = await readForm(c, invitationSchema)
    if (!form.ok) throw new AppError('malformed')
    if (form.value.do === 'withdraw') {
      await withdrawInvitation(db, actor, { invitation_id })
      return done(c, t('organizations.withdraw.done', { email }))
    }
    await resendInvitation(db, actor, { invitation_id }, config)
    return done(c, t('organizations.resend.done', { email }))
  })

/** What the link in the mail opens: for anybody who holds it. */
export const invitedWeb = new Hono<PublicEnv>().get(urls.organizations.invited.pattern, allow('anyone'), async (c) => {
  const { t, db, visitor } = c.var
  const token = c.req.param('token')
  const invitation = await findInvitation(db, token)
  const state = invitation && stateOfInvitation(invitation, new Date())
  const accepted = state === 'accepted' && invitation?.accepted_by === visitor?.user_id
  if (accepted) return c.redirect(urls.home.to(), 303)
  if (!invitation || state !== 'open') return endedPage(c)
  const { organization } = invitation
  return c.html(
    <PublicPage
      shell={shellFor(c)}
      title={t('organizations.invited.title', { organization })}
      lead={inviteText(t, invitation)}
    >
      <InvitedBody t={t} invitation={invitation} token={token} email={visitor?.email ?? null} />
    </PublicPage>,
  )
})

function endedPage(c: Context<PublicEnv>) {
  const { t } = c.var
  c.status(410)
  return c.html(
    <PublicPage
      shell={shellFor(c)}
      title={t('organizations.invited.ended')}
      lead={t('organizations.invited.ended_lead')}
    >
      <p>
        <a href={urls.home.to()}>{t('organizations.invited.home')}</a>
      </p>
    </PublicPage>,
  )
}

function invitePage(c: Context<Env>, form: FormState) {
  const { t } = c.var
  const lead = t('organizations.invite.lead')
  return showPage(
    c,
    { title: t('organizations.invite.title'), lead, form, below: true },
    <InviteBody t={t} form={form} />,
  )
}

function done(c: Context<Env>, text: string) {
  leaveFlash(c, 'success', text)
  return c.redirect(urls.organizations.members.to(), 303)
}

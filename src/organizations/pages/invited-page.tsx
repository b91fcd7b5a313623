import type { T } from '../../platform/i18n.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Actions } from '../../ui/form.tsx'
import { urls } from '../../urls.ts'
import type { Invitation } from '../queries.ts'
import { AcceptForm, InvitedRole } from './join-page.tsx'

type Props = { t: T; invitation: Invitation; token: string; email: string | null }

/** What the link of an invitation opens; `email` is who is signed in, if anybody. */
export function InvitedBody(props: Props) {
  const { t, invitation, email } = props
  return (
    <>
      <InvitedRole t={t} role={invitation.role} />
      {email === null && <SignUp {...props} />}
      {email === invitation.email && <AcceptForm t={t} invitation={invitation} />}
      {email !== null && email !== invitation.email && <WrongAccount {...props} email={email} />}
    </>
  )
}

function SignUp({ t, invitation, token }: Props) {
  return (
    <>
      <p>{t('organizations.invited.sign_up', { email: invitation.email })}</p>
      <Actions>
        <LinkButton look="primary" href={urls.accounts.create.to({ invitation: token })}>
          {t('organizations.invited.create')}
        </LinkButton>
        <LinkButton href={urls.accounts.signIn.to({ next: urls.organizations.invited.to({ token }) })}>
          {t('organizations.invited.sign_in')}
        </LinkButton>
      </Actions>
    </>
  )
}

/** Mailed links travel: an invitation is for the address it was sent to, and for nobody else. */
function WrongAccount({ t, invitation, email }: Props & { email: string }) {
  return (
    <>
      <p>{t('organizations.invited.wrong', { email, invited: invitation.email })}</p>
      <form method="post" action={urls.accounts.signOut.to()}>
        <Button>{t('ui.sign_out')}</Button>
      </form>
    </>
  )
}

import type { T } from '../../platform/i18n.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Actions } from '../../ui/form.tsx'
import { urls } from '../../urls.ts'

/** Confirming takes a press of the button, because mail scanners open every link. */
export function ConfirmEmailPage({ t, token, email }: { t: T; token: string; email: string }) {
  return (
    <Card>
      <p>{t('security.email.confirm.side', { email })}</p>
      <form method="post" action={urls.accounts.confirmEmail.to()}>
        <input type="hidden" name="token" value={token} />
        <Actions>
          <Button look="primary">{t('security.email.confirm.submit')}</Button>
          <Button formaction={urls.accounts.cancelEmail.to()}>{t('security.email.cancel')}</Button>
        </Actions>
      </form>
    </Card>
  )
}

/** A link that does nothing any more. */
export function ExpiredEmailPage({ t }: { t: T }) {
  return <LinkButton href={urls.accounts.show.to()}>{t('security.email.expired.back')}</LinkButton>
}

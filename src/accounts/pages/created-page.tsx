import { emptyForm } from '../../platform/http/form.ts'
import type { T } from '../../platform/i18n.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Actions, Form } from '../../ui/form.tsx'
import { urls } from '../../urls.ts'

/** Says the same whether the address had an account or not. */
export function CreatedPage({ t, email }: { t: T; email: string }) {
  return (
    <>
      <p>{t('accounts.created.text', { email })}</p>
      <Actions>
        <LinkButton look="primary" href={urls.home.to()}>
          {t('accounts.created.continue')}
        </LinkButton>
      </Actions>
      <Form t={t} form={emptyForm} action={urls.accounts.resend.to()} unmarked>
        <input type="hidden" name="email" value={email} />
        <Button look="link">{t('accounts.created.resend')}</Button>
      </Form>
    </>
  )
}

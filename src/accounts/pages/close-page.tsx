import type { FormState } from '../../platform/http/form.ts'
import type { T } from '../../platform/i18n.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Actions, Form, TextField } from '../../ui/form.tsx'
import { Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import { OwnPasswordField } from './password-gate-page.tsx'

type Props = {
  t: T
  form: FormState
  email: string
  pseudonym: string
  /** Organizations that nobody else works for. */
  alone: string[]
}

/** What closing the account means, and the words that do it. */
export function ClosePage({ t, form, email, pseudonym, alone }: Props) {
  return (
    <>
      <Card title={t('security.close.consequences')}>
        <ul>
          <li>{t('security.close.login')}</li>
          <li>{t('security.close.name', { pseudonym })}</li>
          <li>{t('security.close.licenses')}</li>
          {alone.map((organization) => (
            <li>
              <strong>
                <Text>{t('security.close.alone', { organization })}</Text>
              </strong>
            </li>
          ))}
        </ul>
        <form method="post" action={urls.accounts.data.to()}>
          <Button icon="download">{t('security.data.submit')}</Button>
        </form>
      </Card>
      <Card title={t('security.close.title')}>
        <Form t={t} form={form} action={urls.accounts.close.to()} unmarked>
          <TextField
            name="typed"
            label={t('security.close.typed')}
            hint={<Text>{email}</Text>}
            autocomplete="off"
            required
          />
          <OwnPasswordField t={t} email={email} />
          <Actions>
            <Button look="danger">{t('security.close.submit')}</Button>
            <LinkButton href={urls.accounts.show.to()}>{t('security.cancel')}</LinkButton>
            <LinkButton look="quiet" href={urls.organizations.members.to()}>
              {t('security.close.members')}
            </LinkButton>
          </Actions>
        </Form>
      </Card>
    </>
  )
}

import type { FormState } from '../../platform/http/form.ts'
import type { T } from '../../platform/i18n.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { CopyCode } from '../../ui/copy-button.tsx'
import { Actions, Form } from '../../ui/form.tsx'
import { QrCode } from '../../ui/qr-code.tsx'
import { urls } from '../../urls.ts'
import { CodeField } from './code-field.tsx'

type Props = { t: T; form: FormState; setup: { key: string; uri: string } }

/** What the app needs to know, and the first code as proof that it does. */
export function SetUpAppPage({ t, form, setup }: Props) {
  return (
    <>
      <Card title={t('security.app.setup.scan')}>
        <QrCode text={setup.uri} label={t('security.app.setup.qr')} />
        <p>{t('security.app.setup.type')}</p>
        <p>
          <CopyCode t={t} text={(setup.key.match(/.{4}/g) ?? []).join(' ')} name={t('security.app.setup.key')} wrap />
        </p>
      </Card>
      <Card title={t('security.app.setup.confirm')}>
        <p>{t('security.app.setup.others')}</p>
        <Form t={t} form={form} action={urls.accounts.authenticator.to()} unmarked>
          <CodeField label={t('security.code.label')} />
          <Actions>
            <Button look="primary">{t('security.app.setup.submit')}</Button>
            <LinkButton href={urls.accounts.security.to()}>{t('security.cancel')}</LinkButton>
          </Actions>
        </Form>
      </Card>
    </>
  )
}

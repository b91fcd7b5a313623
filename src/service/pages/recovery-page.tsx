import type { T } from '../../platform/i18n.ts'
import { FilesField } from '../../requests/index.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Actions, Form, type FormState, TextArea, TextField } from '../../ui/form.tsx'
import { urls } from '../../urls.ts'
import { longestDescription } from '../schemas.ts'

type Props = { t: T; form: FormState; request_id: string; vendor: string; organization: string | undefined }

/** Asks for an organization whose administrators are gone. */
export function RecoveryBody({ t, form, request_id, vendor, organization }: Props) {
  return (
    <Card>
      <p>{t('service.recovery.next', { vendor })}</p>
      <Form t={t} form={form} action={urls.requests.recovery.to()} multipart>
        <input type="hidden" name="request_id" value={request_id} />
        <TextField
          name="organization"
          label={t('service.recovery.organization')}
          hint={t('service.recovery.organization_hint')}
          value={organization}
          autocomplete="organization"
          maxlength={200}
          width="medium"
          required
        />
        <TextField
          name="customer_number"
          label={t('customers.number')}
          hint={t('service.recovery.number_hint')}
          autocomplete="off"
          maxlength={40}
          width="short"
          code
        />
        <TextArea
          name="description"
          label={t('service.recovery.description')}
          hint={t('service.recovery.description_hint')}
          maxlength={longestDescription}
          rows={6}
          required
        />
        <FilesField t={t} />
        <Actions>
          <Button look="primary">{t('service.form.submit')}</Button>
        </Actions>
      </Form>
    </Card>
  )
}

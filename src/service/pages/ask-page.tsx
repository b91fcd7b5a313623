import type { T } from '../../platform/i18n.ts'
import { FilesField } from '../../requests/index.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import {
  Actions,
  Fieldset,
  Form,
  type FormState,
  RadioField,
  SelectField,
  TextArea,
  TextField,
} from '../../ui/form.tsx'
import { urls } from '../../urls.ts'
import { keyChoices, longestDescription, longestList, requestTypes } from '../schemas.ts'

type Props = { t: T; form: FormState; request_id: string; user_name: string }

/** One form for a contract change and for anything else: without script all that either needs is there. */
export function AskBody({ t, form, request_id, user_name }: Props) {
  return (
    <Card>
      <Form t={t} form={form} action={urls.requests.new.to()} multipart>
        <input type="hidden" name="request_id" value={request_id} />
        <SelectField
          name="type"
          label={t('service.form.type')}
          hint={t('service.form.elsewhere')}
          options={requestTypes.map((value) => ({ value, text: t(`service.type.${value}`) }))}
          width="medium"
          required
        />
        <TextArea
          name="description"
          label={t('service.form.description')}
          hint={t('service.form.description_hint')}
          maxlength={longestDescription}
          rows={5}
          required
        />
        <TextArea
          name="serials"
          label={t('service.form.serials')}
          hint={t('service.form.serials_hint')}
          maxlength={longestList}
          rows={3}
          code
        />
        {form.values.type !== 'other' && <ContractChange t={t} user_name={user_name} />}
        <FilesField t={t} />
        <Actions>
          <Button look="primary">{t('service.form.submit')}</Button>
        </Actions>
      </Form>
    </Card>
  )
}

function ContractChange({ t, user_name }: Pick<Props, 't' | 'user_name'>) {
  const userName = { type: 'email', autocomplete: 'off', maxlength: 254, width: 'medium' } as const
  return (
    <Fieldset legend={t('service.form.change')} hint={t('service.form.change_hint')}>
      <TextField
        {...userName}
        name="from"
        label={t('service.form.from')}
        hint={t('service.form.from_hint')}
        value={user_name}
      />
      <TextField {...userName} name="to" label={t('service.form.to')} hint={t('service.form.to_hint')} />
      <TextArea
        name="customer_numbers"
        label={t('service.form.customer_numbers')}
        hint={t('service.form.customer_numbers_hint')}
        rows={2}
        code
      />
      <RadioField
        name="keys"
        label={t('service.form.keys')}
        value="stay"
        options={keyChoices.map((value) => ({ value, text: t(`service.form.keys.${value}`) }))}
      />
    </Fieldset>
  )
}

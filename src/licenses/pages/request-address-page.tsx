import { AddressFields } from '../../customers/index.ts'
import type { FormState } from '../../platform/http/form.ts'
import type { Format, Locale, T } from '../../platform/i18n.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Actions, CheckboxField, Fieldset, Form } from '../../ui/form.tsx'
import { urls } from '../../urls.ts'

type Props = { t: T; format: Format; locale: Locale; form: FormState; serial: string; vendor: string }

/** Request New Address Creation: the address, and the terms to agree to. */
export function RequestAddressBody({ t, format, locale, form, serial, vendor }: Props) {
  return (
    <Form t={t} form={form} action={urls.licenses.requestAddress.to({ serial })}>
      <Fieldset legend={t('licenses.address.after')}>
        <AddressFields {...{ t, format, locale }} required />
      </Fieldset>
      <Fieldset legend={t('licenses.address.terms.title')}>
        <p>{t('licenses.address.terms.use', { vendor })}</p>
        <p>{t('licenses.address.terms.true')}</p>
        <p>{t('licenses.address.terms.export')}</p>
        <p>{t('licenses.address.terms.kept', { vendor })}</p>
        <CheckboxField name="terms" label={t('licenses.address.terms.agree')} required />
      </Fieldset>
      <Actions>
        <Button look="primary">{t('licenses.address.submit')}</Button>
        <LinkButton href={urls.licenses.address.to({ serial })}>{t('ui.back')}</LinkButton>
      </Actions>
    </Form>
  )
}

import type { FormState } from '../../platform/http/form.ts'
import { Alert } from '../../ui/alert.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Actions, CheckboxesField, FieldRow, Fieldset, Form, TextField } from '../../ui/form.tsx'
import { Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { Contact } from '../contacts.ts'
import type { LicensePageProps } from './license-page.tsx'

type Props = Pick<LicensePageProps, 't'> & {
  serial: string
  form: FormState
  /** How many contacts can be typed. */
  rows: number
  known: Contact[]
  /** The contacts that the form began with: whoever changed them meanwhile is not overwritten. */
  was: string
  /** The contacts as somebody else saved them meanwhile. */
  stale: Contact[] | undefined
}

/** Assign Technical Contacts: who is named, whom to choose, whom to type. */
export function ContactsBody({ t, serial, form, rows, known, was, stale }: Props) {
  return (
    <Card>
      {stale && <Stale t={t} contacts={stale} />}
      <Form t={t} form={form} action={urls.licenses.contacts.to({ serial })} unmarked>
        <input type="hidden" name="was" value={was} />
        {known.length > 0 && (
          <CheckboxesField
            name="known"
            label={t('licenses.contacts.known')}
            hint={t('licenses.contacts.known_hint')}
            options={known.map((contact) => ({
              value: JSON.stringify(contact),
              text: t('licenses.contacts.known_of', { name: contact.name, email: contact.email }),
            }))}
          />
        )}
        {Array.from({ length: rows }, (_, n) => (
          <ContactFields t={t} n={n} />
        ))}
        <p class="form-hint">{t('licenses.contacts.empty_hint')}</p>
        <Actions>
          <Button look="primary">{t('licenses.contacts.submit')}</Button>
          <Button icon="plus" name="more" value="1">
            {t('licenses.contacts.more')}
          </Button>
        </Actions>
      </Form>
    </Card>
  )
}

function ContactFields({ t, n }: Pick<Props, 't'> & { n: number }) {
  return (
    <Fieldset legend={t('licenses.contacts.legend', { n: n + 1 })}>
      <FieldRow>
        <TextField name={`contacts.${n}.name`} label={t('licenses.contacts.name')} autocomplete="off" maxlength={200} />
        <TextField
          name={`contacts.${n}.email`}
          type="email"
          label={t('licenses.contacts.email')}
          autocomplete="off"
          maxlength={254}
        />
        <TextField
          name={`contacts.${n}.phone`}
          type="tel"
          label={t('licenses.contacts.phone')}
          autocomplete="off"
          maxlength={40}
        />
      </FieldRow>
    </Fieldset>
  )
}

function Stale({ t, contacts }: Pick<Props, 't'> & { contacts: Contact[] }) {
  return (
    <Alert t={t} tone="warning" title={t('licenses.contacts.stale')}>
      <p>{t('licenses.contacts.stale_text')}</p>
      <ul>
        {contacts.length === 0 && <li>{t('licenses.details.no_contacts')}</li>}
        {contacts.map(({ name, email, phone }) => (
          <li>
            <Text>{[name, email, phone].filter(Boolean).join(' · ')}</Text>
          </li>
        ))}
      </ul>
      <p class="m-0">{t('licenses.contacts.stale_then')}</p>
    </Alert>
  )
}

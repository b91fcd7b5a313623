import type { FormState } from '../../platform/http/form.ts'
import type { Format, T } from '../../platform/i18n.ts'
import { Alert } from '../../ui/alert.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DescriptionList } from '../../ui/description-list.tsx'
import { Actions, CheckboxField, Form, type Option, SelectField, TextField } from '../../ui/form.tsx'
import { Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { StoredSettings } from '../save-settings.ts'

type Props = {
  t: T
  format: Format
  form: FormState
  revision: number
  countries: Option[]
  /** What is stored now, when it changed while the form was open. */
  meanwhile: StoredSettings | undefined
}

/** What an organization says about itself. */
export function SettingsBody({ t, format, form, revision, countries, meanwhile }: Props) {
  return (
    <>
      {meanwhile && <Meanwhile t={t} format={format} stored={meanwhile} />}
      <Card>
        <Form t={t} form={form} action={urls.organizations.settings.to()}>
          <input type="hidden" name="revision" value={String(revision)} />
          <TextField
            name="name"
            label={t('organizations.name')}
            hint={t('organizations.name_hint')}
            autocomplete="organization"
            maxlength={200}
            required
          />
          <SelectField name="country" label={t('organizations.country')} options={countries} autocomplete="country" />
          <CheckboxField
            name="keys_in_email"
            label={t('organizations.keys_in_email.label')}
            hint={t('organizations.keys_in_email.hint')}
          />
          <Actions>
            <Button look="primary">{t('organizations.settings.save')}</Button>
            <LinkButton href={urls.organizations.members.to()}>{t('organizations.cancel')}</LinkButton>
          </Actions>
        </Form>
      </Card>
    </>
  )
}

function Meanwhile({ t, format, stored }: { t: T; format: Format; stored: StoredSettings }) {
  return (
    <Alert t={t} tone="warning" title={t('organizations.settings.meanwhile')}>
      <DescriptionList
        items={[
          { label: t('organizations.name'), value: <Text>{stored.name}</Text> },
          { label: t('organizations.country'), value: stored.country ? format.country(stored.country) : '–' },
          {
            label: t('organizations.keys_in_email'),
            value: t(`organizations.keys_in_email.${stored.keys_in_email}`),
          },
        ]}
      />
    </Alert>
  )
}

import type { Day } from '../../platform/actor.ts'
import type { FormState } from '../../platform/http/form.ts'
import type { T } from '../../platform/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Actions, FieldRow, Form, SelectField, TextArea, TextField } from '../../ui/form.tsx'
import { urls } from '../../urls.ts'

type Props = { t: T; form: FormState; today: Day; products: { code: string; name: string }[] }

/** A release of a version that exists, or of a new one. */
export function NewReleaseBody({ t, form, today, products }: Props) {
  return (
    <Card>
      <Form t={t} form={form} action={urls.admin.newRelease.to()}>
        <SelectField
          name="product"
          label={t('downloads.product')}
          required
          options={products.map(({ code, name }) => ({ value: code, text: `${name} (${code})` }))}
        />
        <FieldRow>
          <TextField
            name="version"
            label={t('downloads.version')}
            required
            maxlength={40}
            autocomplete="off"
            width="short"
          />
          <TextField
            name="released_on"
            label={t('downloads.released_on')}
            hint={t('releases.new.day_hint')}
            type="date"
            value={today}
            width="short"
          />
        </FieldRow>
        <NotesField t={t} />
        <Actions>
          <Button look="primary">{t('releases.new.submit')}</Button>
        </Actions>
      </Form>
    </Card>
  )
}

/** Release notes in Markdown. */
export function NotesField({ t, value }: { t: T; value?: string }) {
  return (
    <TextArea
      name="notes"
      label={t('downloads.notes')}
      hint={t('releases.notes.hint')}
      rows={8}
      maxlength={100_000}
      value={value}
    />
  )
}

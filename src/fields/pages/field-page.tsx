import type { FormState } from '../../platform/http/form.ts'
import type { Format, T } from '../../platform/i18n.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Actions, Form } from '../../ui/form.tsx'
import { urls } from '../../urls.ts'
import type { FieldDefinition } from '../queries.ts'
import { daysKept } from '../schemas.ts'
import { FieldFields } from './field-fields.tsx'
import { type StaleChange, StaleNote } from './stale-note.tsx'

type Props = { t: T; field: FieldDefinition; form: FormState; was: string; changes: StaleChange[] }

/** One field: its name, choices and settings. */
export function FieldPage({ t, field, form, was, changes }: Props) {
  return (
    <Card>
      <StaleNote t={t} changes={changes} />
      <Form t={t} form={form} action={urls.fields.edit.to({ field: field.id })}>
        <input type="hidden" name="revision" value={field.revision} />
        <input type="hidden" name="was" value={was} />
        <FieldFields t={t} type={field.type} />
        <Actions>
          <Button look="primary">{t('fields.edit.save')}</Button>
          <LinkButton look="link" href={urls.fields.list.to()}>
            {t('fields.edit.cancel')}
          </LinkButton>
        </Actions>
      </Form>
    </Card>
  )
}

/** Asks before a field goes, and says what goes with it. */
export function DeleteFieldPage({
  t,
  format,
  field,
  count,
}: {
  t: T
  format: Format
  field: FieldDefinition
  count: number
}) {
  return (
    <Card>
      <p>
        <strong>{t('fields.delete.text', { count })}</strong>
      </p>
      <p>{t('fields.delete.consequence', { days: format.number(daysKept) })}</p>
      <form method="post" action={urls.fields.delete.to({ field: field.id })}>
        <Actions>
          <Button look="danger" icon="trash">
            {t('fields.delete.submit')}
          </Button>
          <LinkButton look="link" href={urls.fields.list.to()}>
            {t('fields.edit.cancel')}
          </LinkButton>
        </Actions>
      </form>
    </Card>
  )
}

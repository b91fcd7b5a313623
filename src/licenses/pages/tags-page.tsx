import type { FormState } from '../../platform/http/form.ts'
import type { T } from '../../platform/i18n.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Actions, CheckboxesField, Form, TextField } from '../../ui/form.tsx'
import { urls } from '../../urls.ts'
import { mostTags } from '../tag-licenses.ts'

type Props = { t: T; form: FormState; serial: string; tags: string[]; inUse: string[] }

/** Tags of one license: boxes for those it has, a line for new ones. */
export function TagsBody({ t, form, serial, tags, inUse }: Props) {
  const others = inUse.filter((tag) => !tags.includes(tag))
  return (
    <Card>
      <Form t={t} form={form} action={urls.licenses.tags.to({ serial })} unmarked>
        {tags.map((tag) => (
          <input type="hidden" name="shown" value={tag} />
        ))}
        {tags.length > 0 && (
          <CheckboxesField
            name="keep"
            label={t('catalog.tags.keep')}
            hint={t('catalog.tags.keep_hint')}
            values={tags}
            options={tags.map((tag) => ({ value: tag, text: tag }))}
            inline
          />
        )}
        <TextField
          name="add"
          label={t('catalog.tags.add')}
          hint={
            <>
              {t('catalog.tags.add_hint', { max: mostTags })}
              {others.length > 0 && <> {t('catalog.tags.in_use', { tags: others.slice(0, 30).join(', ') })}</>}
            </>
          }
          autocomplete="off"
          options={others}
        />
        <Actions>
          <Button look="primary">{t('catalog.searches.submit')}</Button>
          <LinkButton href={urls.licenses.show.to({ serial })}>{t('ui.back')}</LinkButton>
        </Actions>
      </Form>
    </Card>
  )
}

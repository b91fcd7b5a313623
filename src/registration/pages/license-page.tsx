import type { FormState } from '../../platform/http/form.ts'
import type { Locale, T } from '../../platform/i18n.ts'
import { Alert } from '../../ui/alert.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Actions, Form, TextField } from '../../ui/form.tsx'
import { urls } from '../../urls.ts'
import type { PlannedLicense } from '../plan-registration.ts'
import type { Relation } from '../rules.ts'
import { ProductFields } from './product-fields.tsx'
import { Steps } from './steps.tsx'

type Props = {
  t: T
  locale: Locale
  form: FormState
  draft_id: string
  revision: number
  planned: PlannedLicense
  /** What the license may do to another, and serial numbers it is likely for. */
  relation: { kind: Relation; serials: string[] } | undefined
  problem: string | undefined
}

/** What holds for one license of the basket alone. */
export function LicensePage({ t, locale, form, draft_id, revision, planned, relation, problem }: Props) {
  const { serial, product } = planned.license
  return (
    <>
      <Steps t={t} draft_id={draft_id} current={1} />
      {problem && <Alert t={t} tone="danger" title={problem} />}
      <Form t={t} form={form} action={urls.registration.license.to({ draft: draft_id, serial })} unmarked>
        <input type="hidden" name="revision" value={String(revision)} />
        <button type="submit" class="visually-hidden" tabindex={-1}>
          {t('registration.license.save')}
        </button>
        {relation && (
          <TextField
            name="relates_to"
            label={t(`registration.relation.field_${relation.kind}`)}
            hint={t('registration.relation.hint')}
            options={relation.serials}
            code
            autocomplete="off"
            maxlength={40}
          />
        )}
        <ProductFields t={t} locale={locale} form={form} product={product} />
        <Actions>
          <Button look="primary">{t('registration.license.save')}</Button>
          <Button name="reset" value="on">
            {t('registration.license.reset')}
          </Button>
          <LinkButton href={urls.registration.details.to({ draft: draft_id })}>{t('ui.back')}</LinkButton>
        </Actions>
      </Form>
    </>
  )
}

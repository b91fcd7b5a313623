import type { FormState } from '../../platform/http/form.ts'
import type { Locale, T } from '../../platform/i18n.ts'
import { Alert } from '../../ui/alert.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Actions, Form, TextField } from '../../ui/form.tsx'
import type { PlannedLicense } from '../plan-registration.ts'
import type { Relation } from '../rules.ts'
import { type Purpose, wizardUrls } from '../wizard.ts'
import { ProductFields } from './product-fields.tsx'
import { Steps } from './steps.tsx'

type Props = {
  t: T
  locale: Locale
  form: FormState
  purpose: Purpose
  draft_id: string
  revision: number
  planned: PlannedLicense
  /** What the license may do to another, and serial numbers it is likely for. */
  relation: { kind: Relation; serials: string[] } | undefined
  problem: string | undefined
}

/** What holds for one license of the basket alone. */
export function LicensePage({ t, locale, form, purpose, draft_id, revision, planned, relation, problem }: Props) {
  const { serial, product } = planned.license
  return (
    <>
      <Steps t={t} purpose={purpose} draft_id={draft_id} current="details" />
      {problem && <Alert t={t} tone="danger" title={problem} />}
      <Form t={t} form={form} action={wizardUrls[purpose].license.to({ draft: draft_id, serial })} unmarked>
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
          <LinkButton href={wizardUrls[purpose].details.to({ draft: draft_id })}>{t('ui.back')}</LinkButton>
        </Actions>
      </Form>
    </>
  )
}

import type { FormState } from '../../platform/http/form.ts'
import type { T } from '../../platform/i18n.ts'
import { Agreement } from '../../ui/agreement.tsx'
import { Card } from '../../ui/card.tsx'
import { Prose } from '../markdown.tsx'
import type { Terms } from '../queries.ts'

export type TermsProps = {
  t: T
  form: FormState
  action: string
  product: string
  terms: Terms
  /** Both texts, made safe. */
  html: { eula: string; export_statement: string }
}

/** The license agreement and the export statement, accepted once per version before its files can be had. */
export function TermsCard({ t, form, action, product, terms, html }: TermsProps) {
  return (
    <Card title={t('downloads.terms.title')}>
      <p>{t('downloads.terms.lead', { product })}</p>
      <Agreement
        t={t}
        form={form}
        action={action}
        title={t('downloads.terms.title')}
        text={
          <>
            <h3>{t('downloads.terms.eula')}</h3>
            <Prose html={html.eula} lang={terms.eula.locale} />
            <h3>{t('downloads.terms.export')}</h3>
            <Prose html={html.export_statement} lang={terms.export_statement.locale} />
          </>
        }
        accept={t('downloads.terms.accept')}
        decline={t('downloads.terms.decline')}
        hidden={{ terms: terms.id }}
      />
    </Card>
  )
}

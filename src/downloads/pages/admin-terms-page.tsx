import type { FormState } from '../../platform/http/form.ts'
import { type Format, localeNames, type T } from '../../platform/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Actions, Fieldset, Form, SelectField, TextArea } from '../../ui/form.tsx'
import { DataTable } from '../../ui/table.tsx'
import { Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { TermsLine } from '../admin-queries.ts'

type Props = { t: T; format: Format; form: FormState; terms: TermsLine[]; products: { code: string; name: string }[] }

/** Versions of the license agreement and export statement, and the form for the next one. */
export function AdminTermsBody({ t, format, form, terms, products }: Props) {
  return (
    <>
      <Card flush>
        <DataTable
          t={t}
          id="terms"
          caption={t('releases.terms.title')}
          rows={terms}
          empty={{ icon: 'license', title: t('releases.terms.empty'), text: t('releases.terms.empty_text') }}
          columns={[
            {
              key: 'for',
              head: t('downloads.product'),
              main: true,
              cell: ({ product }) => (product ? <Text>{product}</Text> : t('releases.terms.all')),
            },
            { key: 'number', head: t('downloads.version'), align: 'end', cell: ({ number }) => format.number(number) },
            {
              key: 'languages',
              head: t('downloads.language'),
              cell: ({ languages }) => languages.map(format.language).join(', '),
            },
            { key: 'since', head: t('releases.terms.since'), cell: ({ created_at }) => format.moment(created_at) },
          ]}
        />
      </Card>
      <Card title={t('releases.terms.new')}>
        <Form t={t} form={form} action={urls.admin.softwareTerms.to()}>
          <SelectField
            name="product"
            label={t('downloads.product')}
            hint={t('releases.terms.product_hint')}
            empty={t('releases.terms.all')}
            options={products.map(({ code, name }) => ({ value: code, text: `${name} (${code})` }))}
          />
          <Language t={t} code="en" required />
          <Language t={t} code="fr" />
          <Language t={t} code="pt" />
          <Actions>
            <Button look="primary">{t('releases.terms.publish')}</Button>
          </Actions>
        </Form>
      </Card>
    </>
  )
}

const names = { en: localeNames.en, fr: localeNames.fr, pt: localeNames['pt-BR'] }

function Language({ t, code, required }: { t: T; code: 'en' | 'fr' | 'pt'; required?: boolean }) {
  const language = names[code]
  return (
    <Fieldset legend={language}>
      <TextArea
        name={`eula_${code}`}
        label={t('releases.terms.eula_in', { language })}
        rows={6}
        maxlength={200_000}
        required={required ?? false}
      />
      <TextArea
        name={`export_${code}`}
        label={t('releases.terms.export_in', { language })}
        rows={3}
        maxlength={200_000}
        required={required ?? false}
      />
    </Fieldset>
  )
}

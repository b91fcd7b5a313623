import { Card } from '../../ui/card.tsx'
import { DescriptionList } from '../../ui/description-list.tsx'
import { Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { FieldValue } from '../notes.ts'
import type { LicensePageProps } from './license-page.tsx'

/** User-defined fields with their values, and tags. */
export function NotesCard({ t, format, license, notes, mayRegister: mayEdit }: LicensePageProps) {
  const { fields, tags } = notes
  const { serial } = license
  return (
    <Card
      title={t('licenses.details.notes')}
      foot={
        mayEdit && (
          <>
            {license.owned && fields.length > 0 && (
              <>
                <a href={urls.fields.ofLicense.to({ serial })}>{t('licenses.option.fields')}</a>{' '}
              </>
            )}
            <a href={urls.licenses.tags.to({ serial })}>{t('licenses.option.tags')}</a>
          </>
        )
      }
    >
      <DescriptionList
        items={[
          ...fields.map((field) => ({
            label: field.of ? t('licenses.details.field_of', { name: field.name, organization: field.of }) : field.name,
            value: <Value {...{ t, format, field }} />,
          })),
          {
            label: t('licenses.details.tags'),
            value: tags.length > 0 ? <Text>{tags.join(', ')}</Text> : t('licenses.details.no_tags'),
          },
        ]}
      />
    </Card>
  )
}

function Value({ t, format, field }: Pick<LicensePageProps, 't' | 'format'> & { field: FieldValue }) {
  const { type, choices, value } = field
  if (value === null) return <>{t('licenses.details.no_value')}</>
  if (type === 'yes_no') return <>{t(value === 'true' ? 'licenses.details.yes' : 'licenses.details.no')}</>
  if (type === 'date') return <>{format.day(value)}</>
  if (type === 'choice' && !choices.includes(value)) return <Text>{t('fields.value.no_choice', { value })}</Text>
  return <Text>{value}</Text>
}

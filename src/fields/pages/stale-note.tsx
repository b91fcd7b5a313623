import type { T } from '../../platform/i18n.ts'
import { Alert } from '../../ui/alert.tsx'
import { Text } from '../../ui/text.tsx'

/** Something that is not as it was when the reader's form was made. */
export type StaleChange = { label: string; before: string; after: string }

/** What changed while a form was filled in. */
export function StaleNote({ t, changes }: { t: T; changes: StaleChange[] }) {
  if (changes.length === 0) return null
  return (
    <Alert t={t} tone="warning" title={t('fields.stale.title')}>
      <p>{t('fields.stale.text')}</p>
      <ul>
        {changes.map((change) => (
          <li>
            <Text>{t('fields.stale.change', change)}</Text>
          </li>
        ))}
      </ul>
    </Alert>
  )
}

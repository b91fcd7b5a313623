import type { Format, T } from '../../platform/i18n.ts'
import { Card } from '../../ui/card.tsx'
import type { IconName } from '../../ui/icon.tsx'
import { Timeline, type TimelineItem } from '../../ui/timeline.tsx'
import { urls } from '../../urls.ts'
import type { HistoryEntry } from '../license-details.ts'
import type { LicensePageProps } from './license-page.tsx'

/** What the reader's organization and the vendor did with the license, the newest first. */
export function HistoryCard({ t, format, license, history, vendor }: LicensePageProps) {
  const { entries, older, paged } = history
  const { serial } = license
  const page = (before?: string) => `${urls.licenses.show.to({ serial }, { before })}#history`
  return (
    <Card
      id="history"
      title={t('licenses.history.title')}
      foot={
        (older || paged) && (
          <>
            {paged && <a href={page()}>{t('licenses.history.newest')}</a>}{' '}
            {older && <a href={page(older)}>{t('licenses.history.older')}</a>}
          </>
        )
      }
    >
      {entries.length === 0 ? (
        <p class="m-0">{t('licenses.history.empty')}</p>
      ) : (
        <Timeline
          label={t('licenses.history.title')}
          items={entries.map((entry) => itemOf(t, format, vendor, entry))}
        />
      )}
    </Card>
  )
}

const icons: Record<string, IconName> = {
  'license.registered': 'key',
  'license.maintenance_extended': 'shield-check',
  'license.corrected': 'pencil',
}

function itemOf(t: T, format: Format, vendor: string, entry: HistoryEntry): TimelineItem {
  return {
    icon: icons[entry.action] ?? 'history',
    title: titleOf(t, format, entry),
    note: entry.by ? t('licenses.history.by', { name: entry.by }) : t('licenses.history.by_vendor', { vendor }),
    when: format.moment(entry.at),
  }
}

function titleOf(t: T, format: Format, { action, details }: HistoryEntry): string {
  const facts = details as { registered_to?: unknown; maintenance_until?: { after?: unknown } } | null
  if (action === 'license.registered') {
    const company = facts?.registered_to
    return typeof company === 'string'
      ? t('licenses.history.registered_to', { company })
      : t('licenses.history.registered')
  }
  if (action === 'license.maintenance_extended') {
    const day = facts?.maintenance_until?.after
    return typeof day === 'string'
      ? t('licenses.history.maintenance_extended', { day: format.day(day) })
      : t('licenses.history.maintenance')
  }
  return t(action === 'license.corrected' ? 'licenses.history.corrected' : 'licenses.history.other')
}

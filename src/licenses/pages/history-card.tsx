import { Card } from '../../ui/card.tsx'
import { Text } from '../../ui/text.tsx'
import { Timeline, type TimelineItem } from '../../ui/timeline.tsx'
import { urls } from '../../urls.ts'
import type { HistoryEntry } from '../history.ts'
import { historyText } from './history-text.ts'
import type { LicensePageProps } from './license-page.tsx'

/** License History: what the reader's organization and the vendor did with the license, the newest first. */
export function HistoryCard(props: LicensePageProps) {
  const { t, license, history } = props
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
        <Timeline label={t('licenses.history.title')} items={entries.map((entry) => itemOf(props, entry))} />
      )}
    </Card>
  )
}

function itemOf(props: LicensePageProps, entry: HistoryEntry): TimelineItem {
  const { t, format } = props
  const { icon, title, changes } = historyText(t, format, entry)
  return {
    icon,
    title: <Text>{title}</Text>,
    note: (
      <>
        {changes.map((change) => (
          <span class="kp-timeline-change">
            <Text>{change}</Text>
          </span>
        ))}
        <Text>{byWhom(props, entry)}</Text>
      </>
    ),
    when: format.moment(entry.at),
  }
}

function byWhom({ t, vendor }: LicensePageProps, entry: HistoryEntry): string {
  const { by, by_organization: other, on_behalf_of: organization } = entry
  if (by && other && organization) return t('licenses.history.by_other', { name: by, other, organization })
  if (by && organization) return t('licenses.history.on_behalf_of', { name: by, organization })
  if (organization) return t('licenses.history.vendor_on_behalf_of', { vendor, organization })
  return by ? t('licenses.history.by', { name: by }) : t('licenses.history.by_vendor', { vendor })
}

import type { Format, T } from '../../platform/i18n.ts'
import { Card } from '../../ui/card.tsx'
import { type Column, DataTable } from '../../ui/table.tsx'
import { Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { HistoryLine } from '../queries.ts'

type Props = { t: T; format: Format; history: { rows: HistoryLine[]; next: string | undefined } }

/** What happened in the organization, for its administrators. What happened to licenses stands with each license. */
export function HistoryCard({ t, format, history }: Props) {
  const columns: Column<HistoryLine>[] = [
    { key: 'what', head: t('organizations.history.what'), main: true, cell: (row) => <Text>{wordsOf(t, row)}</Text> },
    { key: 'who', head: t('organizations.history.who'), cell: (row) => <Text>{row.who}</Text> },
    { key: 'when', head: t('organizations.history.when'), nowrap: true, cell: (row) => format.moment(row.at) },
  ]
  return (
    <Card title={t('organizations.history')} id="history" flush>
      <DataTable
        t={t}
        caption={t('organizations.history')}
        columns={columns}
        rows={history.rows}
        empty={{ title: t('ui.none') }}
        moreHref={history.next && urls.organizations.members.to({ before: history.next })}
        id="history-rows"
      />
    </Card>
  )
}

function wordsOf(t: T, { action, about, details }: HistoryLine): string {
  const role = details.role ?? details.after
  return t(`organizations.event.${action}`, {
    about: about ?? t('organizations.history.unknown'),
    role: role ? t(`organizations.role.${role}`) : '',
    before: details.before ? t(`organizations.role.${details.before}`) : '',
  })
}

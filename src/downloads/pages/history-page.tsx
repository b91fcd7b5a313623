import type { Format, T } from '../../platform/i18n.ts'
import { StatusBadge } from '../../ui/badge.tsx'
import { Card } from '../../ui/card.tsx'
import { type Column, DataTable } from '../../ui/table.tsx'
import { Code, Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { DownloadRow } from '../history.ts'
import { sizeText } from './texts.ts'

type Props = {
  t: T
  format: Format
  rows: DownloadRow[]
  moreHref: string | undefined
  /** For operators, who see those of every organization. */
  organizations?: boolean
}

/** Downloads, the newest first. */
export function HistoryTable({ t, format, rows, moreHref, organizations }: Props) {
  return (
    <Card flush>
      <DataTable
        t={t}
        id="downloads"
        caption={t('downloads.history.title')}
        rows={rows}
        moreHref={moreHref}
        empty={{ icon: 'download', title: t('downloads.history.empty'), text: t('downloads.history.empty_text') }}
        columns={columnsOf(t, format, organizations ?? false)}
      />
    </Card>
  )
}

function columnsOf(t: T, format: Format, organizations: boolean): Column<DownloadRow>[] {
  const organization: Column<DownloadRow> = {
    key: 'organization',
    head: t('downloads.history.organization'),
    cell: (row) => <Text>{row.organization}</Text>,
  }
  return [
    { key: 'when', head: t('downloads.history.when'), cell: ({ started_at }) => format.moment(started_at) },
    {
      key: 'file',
      head: t('downloads.file'),
      main: true,
      cell: ({ product, version, file }) => (
        <>
          <Code wrap>{file}</Code>
          <div class="kp-status-date">
            <Text>{`${product} ${version}`}</Text>
          </div>
        </>
      ),
    },
    ...(organizations ? [organization] : []),
    {
      key: 'who',
      head: t('downloads.history.who'),
      cell: ({ who }) => (who ? <Text>{who}</Text> : t('downloads.history.left')),
    },
    {
      key: 'license',
      head: t('downloads.history.license'),
      cell: (row) => <License row={row} linked={!organizations} />,
    },
    { key: 'state', head: t('downloads.history.state'), cell: (row) => <State t={t} format={format} row={row} /> },
  ]
}

function License({ row: { serial }, linked }: { row: DownloadRow; linked: boolean }) {
  if (!serial) return <>–</>
  if (!linked) return <Code>{serial}</Code>
  return (
    <a href={urls.licenses.show.to({ serial })}>
      <Code>{serial}</Code>
    </a>
  )
}

function State({ t, format, row }: { t: T; format: Format; row: DownloadRow }) {
  const { by_store, completed_at, bytes, size } = row
  if (by_store) return <StatusBadge tone="info" text={t('downloads.history.by_store')} />
  const sent = t('ui.progress_of', { done: sizeText(t, format, bytes), total: sizeText(t, format, size) })
  return completed_at ? (
    <StatusBadge tone="success" text={t('downloads.history.complete')} date={sizeText(t, format, size)} />
  ) : (
    <StatusBadge tone="warning" text={t('downloads.history.incomplete')} date={sent} />
  )
}

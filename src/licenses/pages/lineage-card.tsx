import { Card } from '../../ui/card.tsx'
import { type Span, SpanChart } from '../../ui/span-chart.tsx'
import { type Column, DataTable } from '../../ui/table.tsx'
import { Code, Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { Relative } from '../lineage.ts'
import type { LicensePageProps } from './license-page.tsx'

/** When the license and its maintenance run, and what it covers, renews, came from and became: drawn, and as a table. */
export function LineageCard(props: LicensePageProps) {
  const { t, today, relatives } = props
  const spans = spansOf(props)
  const isDated = spans.some(({ from, to }) => from || to)
  if (!isDated && relatives.length === 0) return null
  return (
    <Card title={t('licenses.lineage.title')} flush>
      {isDated && (
        <div class="kp-card-body">
          <SpanChart
            title={t('licenses.lineage.chart')}
            spans={spans}
            today={today}
            todayText={t('licenses.lineage.today')}
          />
        </div>
      )}
      <DataTable
        t={t}
        id="lineage"
        caption={t('licenses.lineage.title')}
        columns={columnsOf(props)}
        rows={rowsOf(props)}
        empty={{ title: t('licenses.lineage.title') }}
      />
    </Card>
  )
}

/** The chart stays readable; the table below has them all. */
const mostDrawn = 12

function spansOf({ t, format, license, relatives }: LicensePageProps): Span[] {
  const { serial, starts_on, maintenance_until, support_ends_on, ordered_on, kind } = license
  const span = (label: string, from: string | null, to: string | null, tone: Span['tone'] = 'side'): Span => ({
    ...{ label, from, to, tone },
    text: termOf({ t, format }, { from, to }),
  })
  const begin = starts_on ?? ordered_on
  const spans = [span(`${serial} · ${t('licenses.lineage.this')}`, begin, license.ends_on, 'main')]
  const isCoverage = kind === 'maintenance' || kind === 'content'
  if (maintenance_until && !isCoverage) spans.push(span(t('licenses.lineage.maintenance'), begin, maintenance_until))
  for (const each of relatives.slice(0, mostDrawn)) {
    spans.push(span(`${t(`licenses.lineage.${each.relation}`)} ${each.serial}`, each.starts_on, each.ends_on))
  }
  if (support_ends_on) spans.push(span(t('licenses.lineage.support'), begin, support_ends_on))
  return spans
}

type Line = { what: string; of?: Relative | undefined; from: string | null; to: string | null; status?: string }

function rowsOf({ t, license, relatives }: LicensePageProps): Line[] {
  const { starts_on, ends_on, maintenance_until, support_ends_on, kind } = license
  const isCoverage = kind === 'maintenance' || kind === 'content'
  const lines: (Line | false | null)[] = [
    {
      what: t('licenses.lineage.this'),
      from: starts_on,
      to: ends_on,
      status: t(`licenses.status.${license.status}`),
    },
    maintenance_until !== null &&
      !isCoverage && { what: t('licenses.lineage.maintenance'), from: null, to: maintenance_until },
    ...relatives.map((each) => ({
      what: t(`licenses.lineage.${each.relation}`),
      of: each,
      from: each.starts_on,
      to: each.ends_on,
      status: t(`licenses.status.${each.status}`),
    })),
    support_ends_on !== null && { what: t('licenses.lineage.support'), from: null, to: support_ends_on },
  ]
  return lines.filter((line): line is Line => Boolean(line))
}

function columnsOf({ t, format }: LicensePageProps): Column<Line>[] {
  return [
    { key: 'what', head: t('licenses.lineage.column.what'), main: true, cell: ({ what }) => what },
    {
      key: 'license',
      head: t('licenses.lineage.column.license'),
      cell: ({ of }) =>
        of && (
          <>
            <a href={urls.licenses.show.to({ serial: of.serial })}>
              <Code>{of.serial}</Code>
            </a>{' '}
            <Text>{`${of.product_name} ${of.version}`}</Text>
          </>
        ),
    },
    { key: 'term', head: t('licenses.lineage.column.term'), cell: (line) => termOf({ t, format }, line) },
    { key: 'status', head: t('licenses.lineage.column.status'), cell: ({ status }) => status },
  ]
}

function termOf(
  { t, format }: Pick<LicensePageProps, 't' | 'format'>,
  { from, to }: Pick<Line, 'from' | 'to'>,
): string {
  const [begin, end] = [from && format.shortDay(from), to && format.shortDay(to)]
  if (begin && end) return t('licenses.details.from_to', { from: begin, to: end })
  if (end) return t('licenses.details.until', { to: end })
  return begin ? t('licenses.details.from', { from: begin }) : t('licenses.details.perpetual')
}

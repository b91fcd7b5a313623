import { Card } from '../../ui/card.tsx'
import { BarChart } from '../../ui/chart.tsx'
import { Grid } from '../../ui/grid.tsx'
import { Stat } from '../../ui/stat.tsx'
import { type Column, DataTable, EmptyState } from '../../ui/table.tsx'
import { urls } from '../../urls.ts'
import type { Campaign, NamedPath } from '../campaign-queries.ts'
import type { CampaignReport, PathReport, UpgradesOverTime } from '../campaign-report.ts'
import { PathName, pathName, type Reader } from './campaign-parts.tsx'
import { countText } from './eligible-page.tsx'

type Props = {
  reader: Reader
  campaign: Campaign
  report: CampaignReport
  over_time: UpgradesOverTime
  /** The path that the chart is about; none: all of them. */
  path: NamedPath | undefined
}

/** What became of a campaign: told, upgraded, overlapping; by path, and by and by. */
export function ReportBody(props: Props) {
  const { t } = props.reader
  return (
    <>
      <Numbers {...props} />
      <Card title={t('campaigns.eligible.by_path')} flush>
        <DataTable
          t={t}
          caption={t('campaigns.eligible.by_path')}
          rows={props.campaign.paths}
          columns={columnsOf(props)}
          empty={{ title: t('ui.none') }}
        />
      </Card>
      <OverTime {...props} />
    </>
  )
}

function Numbers({ reader: { t, format }, campaign, report: { customers } }: Props) {
  const all = urls.admin.notifications.to({ campaign: campaign.id })
  const refused = urls.admin.notifications.to({ campaign: campaign.id, refused: 'yes' })
  const { notified, without_mail, refused_mails, upgraded } = customers
  const warning = (count: number) => (count > 0 ? ('warning' as const) : undefined)
  return (
    <Grid size="numbers">
      <Stat icon="users" label={t('campaigns.report.notified')} value={format.number(notified)} href={all} />
      <Stat
        icon="user"
        label={t('campaigns.report.without_mail')}
        value={format.number(without_mail)}
        href={all}
        tone={warning(without_mail)}
      />
      <Stat
        icon="mail"
        label={t('campaigns.report.refused')}
        value={format.number(refused_mails)}
        href={refused}
        tone={warning(refused_mails)}
      />
      <Stat icon="trending-up" label={t('campaigns.report.upgraded')} value={format.number(upgraded)} href={all} />
    </Grid>
  )
}

function columnsOf({ reader, campaign, report, path: chosen }: Props): Column<NamedPath>[] {
  const { t } = reader
  const done = new Map(report.paths.map((path) => [path.path_id, path]))
  const { by_path } = report.eligibility
  return [
    {
      key: 'path',
      head: t('campaigns.path'),
      main: true,
      cell: (path) => (
        <a
          href={urls.admin.campaignReport.to({ campaign: campaign.id }, { path: path.id })}
          aria-current={chosen?.id === path.id ? 'true' : undefined}
        >
          <PathName t={t} path={path} />
        </a>
      ),
    },
    {
      key: 'eligible',
      head: t('campaigns.report.eligible'),
      align: 'end',
      cell: ({ id }) =>
        countText(
          reader,
          by_path.filter(({ path_id, outcome }) => path_id === id && outcome === 'eligible'),
        ),
    },
    {
      key: 'upgraded',
      head: t('campaigns.report.done'),
      align: 'end',
      cell: ({ id }) => {
        const { upgraded = 0, upgraded_quantity = 0 } = done.get(id) ?? {}
        return countText(reader, [{ licenses: upgraded, quantity: upgraded_quantity }])
      },
    },
    {
      key: 'overlaps',
      head: t('campaigns.report.overlaps'),
      align: 'end',
      cell: ({ id }) => overlapsText(reader, done.get(id)),
    },
  ]
}

function overlapsText({ t, format }: Reader, path: PathReport | undefined): string {
  const count = format.number(path?.overlaps ?? 0)
  if (!path?.next_overlap_end) return count
  return t('campaigns.report.overlaps_until', { count, date: format.shortDay(path.next_overlap_end) })
}

function OverTime({ reader, campaign, over_time, path }: Props) {
  const { t, format } = reader
  const { period, counts } = over_time
  const title = path ? t('campaigns.report.chart_of', { path: pathName(t, path) }) : t('campaigns.report.chart')
  const every = path && (
    <a href={urls.admin.campaignReport.to({ campaign: campaign.id })}>{t('campaigns.path.every')}</a>
  )
  if (counts.every(({ licenses }) => licenses === 0)) {
    return (
      <Card title={title} action={every}>
        <EmptyState title={t('campaigns.report.nothing')} icon="trending-up" />
      </Card>
    )
  }
  return (
    <Card title={title} action={every}>
      <BarChart
        t={t}
        title={title}
        labelHead={t(`campaigns.report.period.${period}`)}
        valueHead={t('campaigns.report.quantity')}
        bars={counts.map(({ since, licenses, quantity }) => ({
          label: period === 'month' ? format.month(since) : format.shortDay(since),
          value: quantity,
          shown: licenses > 0 ? t('campaigns.report.bar', { quantity: format.number(quantity), licenses }) : '0',
        }))}
      />
    </Card>
  )
}

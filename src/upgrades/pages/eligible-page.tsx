import { StatusBadge } from '../../ui/badge.tsx'
import { LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Grid } from '../../ui/grid.tsx'
import { Stat } from '../../ui/stat.tsx'
import { type Column, DataTable } from '../../ui/table.tsx'
import { Code, Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { EligibilityCount, EligibilityCounts, PreviewRow } from '../campaign-preview.ts'
import type { Campaign, NamedPath } from '../campaign-queries.ts'
import type { Eligibility, PreviewQuery } from '../campaign-schemas.ts'
import { PathName, type Reader } from './campaign-parts.tsx'

type Props = {
  reader: Reader
  campaign: Campaign
  counts: EligibilityCounts
  rows: PreviewRow[]
  query: PreviewQuery
  moreHref: string | undefined
}

/** Who can upgrade in a campaign, who cannot and why. */
export function EligibleBody(props: Props) {
  const { reader, campaign, counts, rows, query, moreHref } = props
  const { t } = reader
  const { reason, path } = query
  return (
    <>
      <Numbers {...props} />
      <Card title={t('campaigns.eligible.by_path')} flush>
        <DataTable
          t={t}
          id="paths"
          caption={t('campaigns.eligible.by_path')}
          rows={campaign.paths}
          columns={pathColumns(props)}
          empty={{ title: t('ui.none') }}
        />
      </Card>
      <Card
        title={t('campaigns.eligible.list')}
        action={
          <LinkButton
            href={urls.admin.eligibleCsv.to({ campaign: campaign.id }, { reason, path })}
            icon="download"
            small
            download
          >
            {t('campaigns.eligible.csv')}
          </LinkButton>
        }
        flush
      >
        <Outcomes {...{ reader, campaign, counts, query }} />
        <DataTable
          t={t}
          caption={t('campaigns.eligible.list')}
          rows={rows}
          columns={columnsOf(reader)}
          moreHref={moreHref}
          empty={{ title: t('campaigns.eligible.none') }}
        />
      </Card>
    </>
  )
}

function Numbers({ reader: { t, format }, campaign, counts }: Props) {
  const href = urls.admin.eligible.to({ campaign: campaign.id }, { reason: 'eligible' })
  const { licenses = 0, quantity = 0 } = counts.overall.find(({ outcome }) => outcome === 'eligible') ?? {}
  return (
    <Grid size="numbers">
      <Stat
        icon="users"
        label={t('campaigns.eligible.customers')}
        value={format.number(counts.customers)}
        href={href}
      />
      <Stat icon="license" label={t('campaigns.eligible.licenses')} value={format.number(licenses)} href={href} />
      <Stat icon="trending-up" label={t('campaigns.eligible.quantity')} value={format.number(quantity)} href={href} />
    </Grid>
  )
}

/** How many there are of each outcome, of all paths or the chosen one; each leads to its licenses. */
function Outcomes({
  reader: { t, format },
  campaign,
  counts,
  query,
}: Pick<Props, 'reader' | 'campaign' | 'counts' | 'query'>) {
  const { path, reason } = query
  const names = { campaign: campaign.id }
  const shown = path ? counts.by_path.filter(({ path_id }) => path_id === path) : counts.overall
  const total = shown.reduce((sum, { licenses }) => sum + licenses, 0)
  return (
    <ul class="kp-bulk-outcomes">
      <li>
        <a href={urls.admin.eligible.to(names, { path })} aria-current={reason ? undefined : 'true'}>
          {format.number(total)} · {t('campaigns.eligible.all')}
        </a>
      </li>
      {shown.map(({ outcome, licenses }) => (
        <li>
          <a
            href={urls.admin.eligible.to(names, { path, reason: outcome })}
            aria-current={reason === outcome ? 'true' : undefined}
          >
            {format.number(licenses)} · {t(`campaigns.outcome.${outcome}`)}
          </a>
        </li>
      ))}
    </ul>
  )
}

const lacksMaintenance: Eligibility[] = ['no_maintenance', 'maintenance_lapsed']

function pathColumns({ reader, campaign, counts, query }: Props): Column<NamedPath>[] {
  const { t } = reader
  const of = (path: NamedPath, isCounted: (outcome: Eligibility) => boolean) =>
    countText(
      reader,
      counts.by_path.filter(({ path_id, outcome }) => path_id === path.id && isCounted(outcome)),
    )
  return [
    {
      key: 'path',
      head: t('campaigns.path'),
      main: true,
      cell: (path) => (
        <a
          href={urls.admin.eligible.to({ campaign: campaign.id }, { path: path.id })}
          aria-current={query.path === path.id ? 'true' : undefined}
        >
          <PathName t={t} path={path} />
        </a>
      ),
    },
    {
      key: 'eligible',
      head: t('campaigns.outcome.eligible'),
      align: 'end',
      cell: (path) => of(path, (outcome) => outcome === 'eligible'),
    },
    {
      key: 'maintenance',
      head: t('campaigns.lacks_maintenance'),
      align: 'end',
      cell: (path) => of(path, (outcome) => lacksMaintenance.includes(outcome)),
    },
    {
      key: 'others',
      head: t('campaigns.other_reasons'),
      align: 'end',
      cell: (path) => of(path, (outcome) => outcome !== 'eligible' && !lacksMaintenance.includes(outcome)),
    },
  ]
}

/** Licenses, and the quantity in them that is not upgraded. */
export function countText({ t, format }: Reader, counts: Pick<EligibilityCount, 'licenses' | 'quantity'>[]): string {
  const sum = (name: 'licenses' | 'quantity') => counts.reduce((total, count) => total + count[name], 0)
  if (sum('licenses') === 0) return format.number(0)
  const [count, quantity] = [format.number(sum('licenses')), format.number(sum('quantity'))]
  return t('campaigns.count_quantity', { count, quantity })
}

function columnsOf({ t, format }: Reader): Column<PreviewRow>[] {
  return [
    {
      key: 'serial',
      head: t('campaigns.column.serial'),
      main: true,
      nowrap: true,
      cell: ({ serial }) => <Code>{serial}</Code>,
    },
    {
      key: 'customer',
      head: t('campaigns.column.customer'),
      cell: ({ customer_name, customer_number }) => (
        <>
          <Text>{customer_name}</Text>
          <div class="text-secondary">
            <Code wrap>{customer_number}</Code>
          </div>
        </>
      ),
    },
    { key: 'product', head: t('campaigns.column.product'), cell: ({ product }) => <Text>{product}</Text> },
    {
      key: 'left',
      head: t('campaigns.column.quantity_left'),
      align: 'end',
      cell: ({ quantity_left }) => format.number(quantity_left),
    },
    {
      key: 'owner',
      head: t('campaigns.column.owner'),
      cell: ({ owner }) => (owner ? <Text>{owner}</Text> : t('campaigns.unowned')),
    },
    {
      key: 'maintenance',
      head: t('campaigns.column.maintenance_until'),
      cell: ({ maintenance_until }) => maintenance_until && format.shortDay(maintenance_until),
    },
    {
      key: 'outcome',
      head: t('campaigns.column.outcome'),
      cell: ({ refusal }) =>
        refusal ? (
          <StatusBadge tone="neutral" text={t('campaigns.not_eligible')} date={t(`campaigns.outcome.${refusal}`)} />
        ) : (
          <StatusBadge tone="success" text={t('campaigns.outcome.eligible')} />
        ),
    },
  ]
}

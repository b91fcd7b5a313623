import { LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/table.tsx'
import { Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { ListedCampaign } from '../campaign-queries.ts'
import { Period, PhaseBadge, type Reader } from './campaign-parts.tsx'

/** All campaigns, the latest first. */
export function CampaignsBody(props: { reader: Reader; campaigns: ListedCampaign[]; moreHref: string | undefined }) {
  const { reader, campaigns, moreHref } = props
  const { t } = reader
  return (
    <Card flush>
      <DataTable
        t={t}
        caption={t('campaigns.title')}
        rows={campaigns}
        moreHref={moreHref}
        columns={columnsOf(reader)}
        empty={{
          title: t('campaigns.none'),
          text: t('campaigns.none_text'),
          action: (
            <LinkButton look="primary" icon="plus" href={urls.admin.newCampaign.to()}>
              {t('campaigns.new')}
            </LinkButton>
          ),
        }}
      />
    </Card>
  )
}

function columnsOf(reader: Reader): Parameters<typeof DataTable<ListedCampaign>>[0]['columns'] {
  const { t, format } = reader
  return [
    {
      key: 'name',
      head: t('campaigns.name'),
      main: true,
      cell: ({ id, name }) => (
        <a href={urls.admin.campaign.to({ campaign: id })}>
          <Text>{name}</Text>
        </a>
      ),
    },
    {
      key: 'phase',
      head: t('campaigns.phase'),
      cell: (campaign) => <PhaseBadge reader={reader} campaign={campaign} />,
    },
    {
      key: 'period',
      head: t('campaigns.period'),
      cell: (campaign) => <Period reader={reader} campaign={campaign} />,
    },
    { key: 'paths', head: t('campaigns.paths'), align: 'end', cell: ({ paths }) => format.number(paths) },
    {
      key: 'told',
      head: t('campaigns.told'),
      align: 'end',
      cell: ({ progress_done, progress_total }) => {
        const [done, total] = [format.number(progress_done), format.number(progress_total)]
        return progress_done === progress_total ? done : t('campaigns.told_of', { done, total })
      },
    },
  ]
}

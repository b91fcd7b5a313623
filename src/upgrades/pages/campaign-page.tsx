import { Alert } from '../../ui/alert.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DescriptionList } from '../../ui/description-list.tsx'
import { Actions } from '../../ui/form.tsx'
import { Grid } from '../../ui/grid.tsx'
import { Progress } from '../../ui/progress.tsx'
import { DataTable } from '../../ui/table.tsx'
import { Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { Campaign, NamedPath } from '../campaign-queries.ts'
import { phaseOf } from '../campaign-rules.ts'
import { PhaseBadge, type Reader } from './campaign-parts.tsx'

type Props = { reader: Reader; campaign: Campaign }

/** One campaign: where it stands, what can be done with it, its terms. */
export function CampaignBody({ reader, campaign }: Props) {
  const { t } = reader
  return (
    <>
      <Standing reader={reader} campaign={campaign} />
      <Grid>
        <Card
          title={t('campaigns.terms')}
          foot={<span class="form-hint">{t('campaigns.days_of', { zone: reader.time_zone })}</span>}
        >
          <Terms reader={reader} campaign={campaign} />
        </Card>
        <Card title={t('campaigns.paths')} flush>
          <DataTable
            t={t}
            caption={t('campaigns.paths')}
            rows={campaign.paths}
            columns={pathColumns(reader)}
            empty={{ title: t('ui.none') }}
          />
        </Card>
      </Grid>
      <States reader={reader} campaign={campaign} />
    </>
  )
}

/** What the state means, and the next thing to do. */
function Standing({ reader, campaign }: Props) {
  const { t, format, today } = reader
  const { id, starts_on } = campaign
  const names = { campaign: id }
  switch (phaseOf(campaign, today)) {
    case 'draft':
      return (
        <Alert t={t} tone="info" title={t('campaigns.draft.title')}>
          <p>{t('campaigns.draft.text')}</p>
          <Actions>
            <LinkButton href={urls.admin.eligible.to(names)} icon="users">
              {t('campaigns.see_eligible')}
            </LinkButton>
            <LinkButton look="primary" href={urls.admin.publishCampaign.to(names)} icon="mail">
              {t('campaigns.publish')}
            </LinkButton>
          </Actions>
        </Alert>
      )
    case 'scheduled':
      return <Alert t={t} tone="info" title={t('campaigns.scheduled.title', { date: format.day(starts_on) })} />
    case 'telling':
      return <Telling reader={reader} campaign={campaign} />
    case 'paused':
      return (
        <Alert t={t} tone="warning" title={t('campaigns.paused.title')}>
          <p>{t('campaigns.paused.text')}</p>
        </Alert>
      )
    case 'ended':
      return <Alert t={t} tone="info" title={t('campaigns.ended.title')} />
    case 'open':
      return null
  }
}

function Telling({ reader: { t, format }, campaign }: Props) {
  const { id, progress_done: done, progress_total: total } = campaign
  return (
    <Card>
      <Progress
        t={t}
        label={t(total === 0 ? 'campaigns.progress.counting' : 'campaigns.progress')}
        done={done}
        total={total}
        shown={{ done: format.number(done), total: format.number(total) }}
        href={urls.admin.campaign.to({ campaign: id }, { progress: 1 })}
      />
    </Card>
  )
}

function Terms({ reader, campaign }: Props) {
  const { t, format } = reader
  const { starts_on, ends_on, overlap_days, notification_days, needs_maintenance, kinds, countries } = campaign
  const { progress_done, state } = campaign
  return (
    <DescriptionList
      items={[
        { label: t('campaigns.phase'), value: <PhaseBadge reader={reader} campaign={campaign} /> },
        { label: t('campaigns.starts_on'), value: format.day(starts_on) },
        { label: t('campaigns.ends_on'), value: ends_on ? format.day(ends_on) : t('campaigns.open_end') },
        { label: t('campaigns.overlap'), value: t('campaigns.overlap_days', { days: overlap_days }) },
        { label: t('campaigns.notification'), value: t('campaigns.days', { days: notification_days }) },
        {
          label: t('campaigns.maintenance'),
          value: t(needs_maintenance ? 'campaigns.maintenance.needed' : 'campaigns.maintenance.not_needed'),
        },
        { label: t('campaigns.kinds'), value: kinds.map((kind) => t(`licenses.kind.${kind}`)).join(', ') },
        {
          label: t('campaigns.countries'),
          value: countries.length > 0 ? countries.map(format.country).join(', ') : t('campaigns.countries.all'),
        },
        state !== 'draft' && { label: t('campaigns.told'), value: format.number(progress_done) },
      ]}
    />
  )
}

function pathColumns({ t, format }: Reader): Parameters<typeof DataTable<NamedPath>>[0]['columns'] {
  return [
    {
      key: 'from',
      head: t('campaigns.from'),
      main: true,
      cell: ({ from_product, from_version }) => <Text>{`${from_product} ${from_version}`}</Text>,
    },
    {
      key: 'to',
      head: t('campaigns.to'),
      cell: ({ to_product, to_version, released_on }) => (
        <>
          <Text>{`${to_product} ${to_version}`}</Text>
          <div class="text-secondary">{t('campaigns.released', { date: format.shortDay(released_on) })}</div>
        </>
      ),
    },
  ]
}

/** Buttons that change the state; what cannot be taken back asks first on a page of its own. */
function States({ reader: { t }, campaign: { id, state } }: Props) {
  const names = { campaign: id }
  const goesOn = state === 'publishing' || state === 'published'
  if (state === 'ended') return null
  return (
    <form method="post" action={urls.admin.campaignState.to(names)} data-once={t('ui.working')}>
      <Actions>
        {goesOn && (
          <Button icon="clock" name="do" value="pause">
            {t('campaigns.pause')}
          </Button>
        )}
        {state === 'paused' && (
          <Button look="primary" icon="refresh" name="do" value="resume">
            {t('campaigns.resume')}
          </Button>
        )}
        <LinkButton icon={state === 'draft' ? 'trash' : 'x'} href={urls.admin.endCampaign.to(names)}>
          {t(state === 'draft' ? 'campaigns.discard' : 'campaigns.end')}
        </LinkButton>
      </Actions>
    </form>
  )
}

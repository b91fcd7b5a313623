import type { Format, T } from '../../platform/i18n.ts'
import { Alert } from '../../ui/alert.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Actions, type FormState } from '../../ui/form.tsx'
import { urls } from '../../urls.ts'
import type { EligibilityCounts } from '../campaign-preview.ts'
import type { Campaign } from '../campaign-queries.ts'
import type { Reader } from './campaign-parts.tsx'

type Props = { reader: Reader; campaign: Campaign; form: FormState }

/** Asks for the go-ahead: what publishing does, and what cannot be taken back. */
export function PublishBody({ reader, campaign, form, counts }: Props & { counts: EligibilityCounts }) {
  const { t, format, today } = reader
  const isLater = campaign.starts_on > today
  const { licenses = 0, quantity = 0 } = counts.overall.find(({ outcome }) => outcome === 'eligible') ?? {}
  const date = format.day(campaign.starts_on)
  return (
    <Confirm
      {...{ t, form, campaign, look: 'primary' }}
      action={urls.admin.publishCampaign.to({ campaign: campaign.id })}
      submit={t('campaigns.publish')}
      consequences={[
        t('campaigns.publish.customers', { count: counts.customers, shown: format.number(counts.customers) }),
        licensesText({ t, format }, licenses, quantity),
        isLater ? t('campaigns.publish.later', { date }) : t('campaigns.publish.now'),
        t('campaigns.publish.further'),
        t('campaigns.publish.fixed'),
      ]}
    />
  )
}

function licensesText({ t, format }: { t: T; format: Format }, licenses: number, quantity: number): string {
  const shown = { shown: format.number(licenses), quantity: format.number(quantity) }
  return t('campaigns.publish.licenses', { count: licenses, ...shown })
}

/** Asks before a campaign ends for good. */
export function EndBody({ reader: { t, format }, campaign, form, overlaps }: Props & { overlaps: number }) {
  return (
    <Confirm
      {...{ t, form, campaign, look: 'danger' }}
      action={urls.admin.endCampaign.to({ campaign: campaign.id })}
      submit={t('campaigns.end')}
      consequences={[
        t('campaigns.end.text'),
        t('campaigns.end.overlaps', { count: overlaps, shown: format.number(overlaps) }),
        t('campaigns.end.final'),
      ]}
    />
  )
}

/** Asks before a draft is gone. */
export function DiscardBody({ reader: { t }, campaign, form }: Props) {
  return (
    <Confirm
      {...{ t, form, campaign, look: 'danger' }}
      action={urls.admin.endCampaign.to({ campaign: campaign.id })}
      submit={t('campaigns.discard')}
      consequences={[t('campaigns.discard.text')]}
    />
  )
}

function Confirm(props: {
  t: T
  form: FormState
  campaign: Campaign
  action: string
  submit: string
  look: 'primary' | 'danger'
  consequences: string[]
}) {
  const { t, form, campaign } = props
  return (
    <>
      {form.errors.form && <Alert t={t} tone="danger" title={form.errors.form} />}
      <Card>
        <ul>
          {props.consequences.map((consequence) => (
            <li>{consequence}</li>
          ))}
        </ul>
        <form method="post" action={props.action} data-once={t('ui.working')}>
          <input type="hidden" name="revision" value={String(campaign.revision)} />
          <Actions>
            <Button look={props.look}>{props.submit}</Button>
            <LinkButton href={urls.admin.campaign.to({ campaign: campaign.id })}>{t('campaigns.keep')}</LinkButton>
          </Actions>
        </form>
      </Card>
    </>
  )
}

import type { Day } from '../../platform/actor.ts'
import type { Format, T } from '../../platform/i18n.ts'
import { StatusBadge, type Tone } from '../../ui/badge.tsx'
import type { Tabs } from '../../ui/layout.tsx'
import { Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { NamedPath } from '../campaign-queries.ts'
import { type Phase, phaseOf } from '../campaign-rules.ts'
import type { CampaignDates } from '../rules.ts'

/** In whose language pages about campaigns speak; `today` is the vendor's day. */
export type Reader = { t: T; format: Format; today: Day; time_zone: string }

const tones: Record<Phase, Tone> = {
  draft: 'neutral',
  scheduled: 'info',
  telling: 'info',
  open: 'success',
  paused: 'warning',
  ended: 'neutral',
}

export function PhaseBadge({ reader: { t, today }, campaign }: { reader: Reader; campaign: CampaignDates }) {
  const phase = phaseOf(campaign, today)
  return <StatusBadge tone={tones[phase]} text={t(`campaigns.phase.${phase}`)} />
}

export function Period({ reader: { t, format }, campaign }: { reader: Reader; campaign: CampaignDates }) {
  const { starts_on, ends_on } = campaign
  const end = ends_on ? format.shortDay(ends_on) : t('campaigns.open_end')
  return <>{`${format.shortDay(starts_on)} – ${end}`}</>
}

/** From which version to which, in one line. */
export function pathName(t: T, path: NamedPath): string {
  const { from_product, from_version, to_product, to_version } = path
  return t('campaigns.path.named', { from: `${from_product} ${from_version}`, to: `${to_product} ${to_version}` })
}

export function PathName({ t, path }: { t: T; path: NamedPath }) {
  return <Text>{pathName(t, path)}</Text>
}

const pages = ['campaign', 'eligible', 'report', 'notifications'] as const
export type CampaignTab = (typeof pages)[number]

/** The pages of one campaign. */
export function campaignTabs(t: T, { id, name }: { id: string; name: string }, current: CampaignTab): Tabs {
  const hrefs: Record<CampaignTab, string> = {
    campaign: urls.admin.campaign.to({ campaign: id }),
    eligible: urls.admin.eligible.to({ campaign: id }),
    report: urls.admin.campaignReport.to({ campaign: id }),
    notifications: urls.admin.notifications.to({ campaign: id }),
  }
  return {
    title: name,
    pages: pages.map((page) => ({ text: t(`campaigns.tab.${page}`), href: hrefs[page], current: page === current })),
  }
}

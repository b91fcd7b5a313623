import { Card } from '../../ui/card.tsx'
import { Code, Text } from '../../ui/text.tsx'
import { Timeline, type TimelineItem } from '../../ui/timeline.tsx'
import { urls } from '../../urls.ts'
import type { Relative } from '../license-details.ts'
import type { LicensePageProps } from './license-page.tsx'

/** What the license covers and renews, and what covers and renews it: what came before above, what came after below. */
export function LineageCard(props: LicensePageProps) {
  const { t, relatives, license } = props
  if (relatives.length === 0) return null
  const self: TimelineItem = {
    icon: 'license',
    current: true,
    title: (
      <>
        <Code>{license.serial}</Code> <Text>{`${license.product_name} ${license.version}`}</Text>
      </>
    ),
    note: t('licenses.lineage.this'),
  }
  const of = (...relations: Relative['relation'][]) =>
    relatives.filter(({ relation }) => relations.includes(relation)).map((each) => itemOf(props, each))
  return (
    <Card title={t('licenses.lineage.title')}>
      <Timeline
        label={t('licenses.lineage.title')}
        items={[...of('renews'), self, ...of('covers', 'covered_by', 'renewed_by')]}
      />
    </Card>
  )
}

function itemOf({ t, format }: LicensePageProps, each: Relative): TimelineItem {
  const { serial, starts_on, ends_on } = each
  const [from, to] = [starts_on && format.shortDay(starts_on), ends_on && format.shortDay(ends_on)]
  return {
    icon: each.relation === 'covers' || each.relation === 'covered_by' ? 'shield-check' : 'refresh',
    title: (
      <>
        {t(`licenses.lineage.${each.relation}`)}{' '}
        <a href={urls.licenses.show.to({ serial })}>
          <Code>{serial}</Code>
        </a>{' '}
        <Text>{`${each.product_name} ${each.version}`}</Text>
      </>
    ),
    note: t(`licenses.status.${each.status}`),
    when: from && to ? t('licenses.details.from_to', { from, to }) : to && t('licenses.details.until', { to }),
  }
}

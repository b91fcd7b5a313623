import type { Day } from '../../platform/actor.ts'
import type { Format, T } from '../../platform/i18n.ts'
import type { MailContent } from '../../platform/mail/index.ts'
import type { Host } from '../host-rules.ts'
import type { Deployment } from '../queries.ts'

/** What can happen to the keys of a license. */
export type DeploymentNews =
  | 'rehosted'
  | 'temporary'
  | 'extended'
  | 'final'
  | 'restored'
  | 'deployed'
  | 'split'
  | 'returned'
  | 'reissued'

/** The facts of what happened, as far as there are. */
export type Story = { from?: Host; to?: Host; quantity?: number; until?: Day | null; new_serial?: string }

type Facts = {
  t: T
  format: Format
  name: string | null
  /** Who did it. */
  by: string
  url: string
  license: Pick<Deployment, 'serial' | 'product'>
  story: Story
}

/** What happened, what to do now, and the facts; keys themselves stay in the portal. */
export function deploymentMail(news: DeploymentNews, facts: Facts): MailContent {
  const { t, name, by, url, license, story } = facts
  const { serial, product } = license
  const subject = t(`deployments.mail.${news}.subject`, { serial })
  return {
    subject,
    heading: subject,
    paragraphs: [
      ...(name ? [t('deployments.mail.hello', { name })] : []),
      t(`deployments.mail.${news}.text`, { by, from: story.from?.id ?? '', to: story.to?.id ?? '' }),
    ],
    details: [
      [t('deployments.fact.product'), `${product.name} ${product.version}`],
      [t('deployments.fact.serial'), serial],
      ...detailsOf(facts),
    ],
    // Whoever gave a license back sees it no more.
    ...(news !== 'returned' && { action: { label: t('deployments.mail.action'), url } }),
  }
}

function detailsOf({ t, format, story }: Facts): [label: string, value: string][] {
  const { from, to, quantity, until, new_serial } = story
  const details: [string, string | undefined | null | false][] = [
    [t('deployments.fact.new_serial'), new_serial],
    [t('deployments.fact.from'), from?.id],
    [t('deployments.fact.to'), to?.id],
    [t('deployments.fact.quantity'), quantity !== undefined && format.number(quantity)],
    [t('deployments.fact.until'), until && format.day(until)],
  ]
  return details.flatMap(([label, value]) => (value ? [[label, value]] : []))
}

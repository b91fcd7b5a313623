import type { Level } from '../../licenses/index.ts'
import type { T } from '../../platform/i18n.ts'
import type { MailContent } from '../../platform/mail/index.ts'

export type DelegationNews = 'granted' | 'asked' | 'ended'

type NewsProps = {
  t: T
  name: string
  /** Who writes, with the user name, and for which organization. */
  by: string
  organization: string
  vendor_name: string
  level: Level
  message: string
  /** The reader has no account yet. */
  invited: boolean
  url: string
}

/** Tells a partner about a delegation, or a customer that a partner asks for one. */
export function newsMail(news: DelegationNews, props: NewsProps): MailContent {
  const { t, name, by, organization, vendor_name: vendor, level, message, invited, url } = props
  return {
    subject: t(`delegation.mail.${news}.subject`, { organization }),
    heading: t(`delegation.mail.${news}.subject`, { organization }),
    paragraphs: [
      t('sharing.mail.hello', { name }),
      t(`delegation.mail.${news}.text`, { by, organization, vendor }),
      ...(invited && news !== 'ended' ? [t('delegation.mail.invited')] : []),
    ],
    details: [
      [t('sharing.level'), t(`sharing.level.${level}`)],
      ...(message ? [[t('delegation.message'), message] as [string, string]] : []),
    ],
    ...(news !== 'ended' && {
      action: { label: t(invited ? 'sharing.mail.create' : `delegation.mail.${news}.action`), url },
    }),
  }
}

type KeysProps = {
  t: T
  name: string
  by: string
  partner: string
  customer: string
  lines: [license: string, keys: string][]
  /** Whether the keys stand in the mail. */
  shown: boolean
  url: string
}

/** Hands the keys of licenses over to their customer. */
export function keysMail({ t, name, by, partner, customer, lines, shown, url }: KeysProps): MailContent {
  return {
    subject: t('delegation.mail.keys.subject', { partner }),
    heading: t('delegation.mail.keys.subject', { partner }),
    paragraphs: [
      t('sharing.mail.hello', { name }),
      t('delegation.mail.keys.text', { by, partner, customer }),
      t(shown ? 'delegation.mail.keys.shown' : 'delegation.mail.keys.hidden'),
    ],
    details: lines,
    action: { label: t('delegation.mail.keys.action'), url },
  }
}

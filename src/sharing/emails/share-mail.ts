import type { Level } from '../../licenses/index.ts'
import type { T } from '../../platform/i18n.ts'
import type { MailContent } from '../../platform/mail/index.ts'

type Props = {
  t: T
  name: string
  /** Who shares, with the user name, and for which organization. */
  by: string
  organization: string
  vendor_name: string
  level: Level
  /** The last day, in words. */
  until: string | undefined
  /** Where to go: the shared licenses, or, for somebody without an account, where to make one. */
  url: string
  /** Where user-defined fields are configured; undefined for somebody without an account. */
  fields_url: string | undefined
}

/** Tells somebody that licenses are shared with him: where to go, and how to configure user-defined fields. */
export function shareMail(props: Props): MailContent {
  const { t, name, by, organization, vendor_name: vendor, level, until, url, fields_url } = props
  const invited = fields_url === undefined
  return {
    subject: t('sharing.mail.subject', { organization }),
    heading: t('sharing.mail.heading', { organization }),
    paragraphs: [
      t('sharing.mail.hello', { name }),
      t('sharing.mail.text', { by, organization, vendor }),
      invited ? t('sharing.mail.invited') : t('sharing.mail.fields', { url: fields_url }),
    ],
    details: [
      [t('sharing.level'), t(`sharing.level.${level}`)],
      ...(until ? [[t('sharing.ends_on'), until] as [string, string]] : []),
    ],
    action: { label: t(invited ? 'sharing.mail.create' : 'sharing.mail.action'), url },
  }
}

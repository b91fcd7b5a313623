import { isLocale, textsFor } from '../../platform/i18n.ts'
import type { OutgoingMail } from '../../platform/mail/index.ts'
import type { Issuing } from '../../registration/index.ts'
import { urls } from '../../urls.ts'
import { actionNamed } from '../actions.ts'
import type { Bulk } from '../queries.ts'

export type Reader = { email: string; name: string; locale: string | null }

/** Tells that a bulk action is done, with the way to its report. `by` is who started it. */
export function doneMail(reader: Reader, by: string, bulk: Bulk, config: Issuing['config']): OutgoingMail {
  const { name, email } = reader
  const locale = isLocale(reader.locale) ? reader.locale : 'en'
  const t = textsFor(locale)
  const { accepted, refused, total } = bulk
  const title = t(actionNamed(bulk.action).title)
  return {
    template: 'bulk.done',
    to: { email, name },
    locale,
    content: {
      subject: t('bulk.mail.subject', { title, done: accepted, total }),
      heading: t('bulk.mail.heading', { title }),
      paragraphs: [
        t('bulk.mail.text', { by, done: accepted, total }),
        ...(refused > 0 ? [t('bulk.mail.refused', { refused })] : []),
      ],
      action: { label: t('bulk.mail.action'), url: config.base_url + urls.bulk.show.to({ bulk: bulk.id }) },
    },
  }
}

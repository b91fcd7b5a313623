import type { Member } from '../../platform/actor.ts'
import { textsFor } from '../../platform/i18n.ts'
import type { OutgoingMail } from '../../platform/mail/index.ts'
import type { Issuing } from '../../registration/index.ts'
import { urls } from '../../urls.ts'
import { actionNamed } from '../actions.ts'
import type { Bulk } from '../queries.ts'

/** Tells whoever started a long bulk action that it is done, with the way to its report. */
export function doneMail(actor: Member, bulk: Bulk, config: Issuing['config']): OutgoingMail {
  const { name, email, locale } = actor
  const t = textsFor(locale)
  const { accepted, refused, total } = bulk
  const title = t(actionNamed(bulk.action).title)
  return {
    template: 'bulk.done',
    to: { email: email!, name },
    locale,
    content: {
      subject: t('bulk.mail.subject', { title, done: accepted, total }),
      heading: t('bulk.mail.heading', { title }),
      paragraphs: [
        t('bulk.mail.text', { done: accepted, total }),
        ...(refused > 0 ? [t('bulk.mail.refused', { refused })] : []),
      ],
      action: { label: t('bulk.mail.action'), url: config.base_url + urls.bulk.show.to({ bulk: bulk.id }) },
    },
  }
}

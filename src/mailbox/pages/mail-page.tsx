import type { Format, T } from '../../platform/i18n.ts'
import { Card } from '../../ui/card.tsx'
import { DescriptionList } from '../../ui/description-list.tsx'
import { Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { MailboxMail } from '../queries.ts'

type Props = { t: T; format: Format; mail: MailboxMail }

/** One mail as its recipient would see it: the HTML in a frame that runs nothing, and the plain text. */
export function MailPage({ t, format, mail }: Props) {
  const to = mail.to_name ? `${mail.to_name} <${mail.to_address}>` : mail.to_address
  return (
    <>
      <Card>
        <DescriptionList
          items={[
            { label: t('mail.mailbox.to'), value: <Text>{to}</Text> },
            { label: t('mail.mailbox.at'), value: format.moment(mail.created_at) },
            { label: t('mail.mailbox.template'), value: mail.template },
          ]}
        />
      </Card>
      <Card title={t('mail.mailbox.html')} flush>
        <iframe
          class="kp-mail-frame"
          src={urls.dev.mailHtml.to({ mail: mail.id })}
          title={t('mail.mailbox.html')}
          sandbox="allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
        />
      </Card>
      <Card title={t('mail.mailbox.text')}>
        <pre class="kp-mail-text" dir="auto" lang={mail.locale}>
          {mail.text}
        </pre>
      </Card>
    </>
  )
}

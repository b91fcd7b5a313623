import type { Format, T } from '../../platform/i18n.ts'
import { DataTable } from '../../ui/table.tsx'
import { Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { MailboxLine } from '../queries.ts'

type Props = { t: T; format: Format; mails: MailboxLine[]; next: string | undefined; to: string | undefined }

/** The mails that the portal wrote, newest first. */
export function MailboxPage({ t, format, mails, next, to }: Props) {
  const columns = [
    {
      key: 'subject',
      head: t('mail.mailbox.subject'),
      main: true,
      cell: (mail: MailboxLine) => (
        <a href={urls.dev.mail.to({ mail: mail.id })}>
          <Text lang={mail.locale}>{mail.subject}</Text>
        </a>
      ),
    },
    { key: 'to', head: t('mail.mailbox.to'), cell: (mail: MailboxLine) => <Text>{mail.to_address}</Text> },
    {
      key: 'at',
      head: t('mail.mailbox.at'),
      nowrap: true,
      cell: (mail: MailboxLine) => format.moment(mail.created_at),
    },
  ]
  return (
    <DataTable
      t={t}
      caption={t('mail.mailbox.title')}
      columns={columns}
      rows={mails}
      empty={{ title: t('mail.mailbox.empty'), text: t('mail.mailbox.empty_text'), icon: 'mail' }}
      moreHref={next && urls.dev.mailbox.to({ before: next, to })}
    />
  )
}

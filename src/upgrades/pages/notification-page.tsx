import type { FormState } from '../../platform/http/form.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { CopyCode } from '../../ui/copy-button.tsx'
import { DescriptionList } from '../../ui/description-list.tsx'
import { Actions, CheckboxesField, Form, TextArea } from '../../ui/form.tsx'
import { type Column, DataTable } from '../../ui/table.tsx'
import { Code, Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { Campaign } from '../campaign-queries.ts'
import type { NotificationMail, SentNotification } from '../list-notifications.ts'
import type { Reader } from './campaign-parts.tsx'
import { MailBadge, validText } from './notification-parts.tsx'

type ShowProps = {
  reader: Reader
  notification: SentNotification
  campaign: Pick<Campaign, 'notification_days'>
  /** The ID as the customer knows it. */
  shown_id: string
  form: FormState
  now: Date
}

/** One notification: what became of its mails, and the form that sends it again. */
export function NotificationBody({ reader, notification, campaign, shown_id, form, now }: ShowProps) {
  const { t, format } = reader
  const { campaign_id, campaign_name, customer_name, customer_number, created_at, mails } = notification
  return (
    <>
      <Card>
        <DescriptionList
          items={[
            {
              label: t('campaigns.notifications.id'),
              value: <CopyCode t={t} text={shown_id} name={t('campaigns.notifications.id')} />,
            },
            {
              label: t('campaigns.column.customer'),
              value: (
                <>
                  <Text>{customer_name}</Text> <Code wrap>{customer_number}</Code>
                </>
              ),
            },
            {
              label: t('campaigns.notifications.campaign'),
              value: (
                <a href={urls.admin.notifications.to({ campaign: campaign_id })}>
                  <Text>{campaign_name}</Text>
                </a>
              ),
            },
            { label: t('campaigns.notifications.made'), value: format.moment(created_at) },
            { label: t('campaigns.notifications.valid'), value: validText(reader, notification, now) },
          ]}
        />
      </Card>
      <Card title={t('campaigns.notifications.mails')} flush>
        <DataTable
          t={t}
          caption={t('campaigns.notifications.mails')}
          rows={mails}
          columns={mailColumns(reader)}
          empty={{ title: t('campaigns.notifications.no_mail'), icon: 'mail' }}
        />
      </Card>
      <Resend {...{ reader, notification, campaign, form }} />
    </>
  )
}

function mailColumns({ t, format }: Reader): Column<NotificationMail>[] {
  return [
    {
      key: 'email',
      head: t('campaigns.mail_column.email'),
      main: true,
      cell: ({ email }) => <Text>{email}</Text>,
    },
    {
      key: 'recipient',
      head: t('campaigns.mail_column.recipient'),
      cell: ({ recipient }) => t(`campaigns.recipient.${recipient}`),
    },
    { key: 'when', head: t('campaigns.mail_column.when'), cell: ({ queued_at }) => format.moment(queued_at) },
    {
      key: 'state',
      head: t('campaigns.mail_column.state'),
      cell: ({ state, sent_at, last_error }) => (
        <MailBadge t={t} state={state} detail={last_error ?? (sent_at ? format.moment(sent_at) : undefined)} />
      ),
    },
  ]
}

function Resend({ reader: { t }, notification, campaign, form }: Omit<ShowProps, 'shown_id' | 'now'>) {
  const emails = [...new Set(notification.mails.map(({ email }) => email))]
  return (
    <Card title={t('campaigns.resend.title')}>
      <Form t={t} form={form} action={urls.admin.notification.to({ notification: notification.id })} unmarked>
        <p>{t('campaigns.resend.text', { days: campaign.notification_days })}</p>
        {emails.length > 0 && (
          <CheckboxesField
            name="to"
            label={t('campaigns.resend.known')}
            options={emails.map((value) => ({ value, text: value }))}
          />
        )}
        <TextArea
          name="more"
          label={t('campaigns.resend.more')}
          hint={t('campaigns.resend.more_hint')}
          rows={2}
          maxlength={5000}
          code
        />
        <Actions>
          <Button look="primary" icon="mail">
            {t('campaigns.resend.submit')}
          </Button>
        </Actions>
      </Form>
    </Card>
  )
}

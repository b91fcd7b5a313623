import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { CheckboxField, SelectField, TextField } from '../../ui/form.tsx'
import { type Column, DataTable, FilterBar } from '../../ui/table.tsx'
import { Code, Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { NotificationQuery } from '../campaign-schemas.ts'
import type { NotificationMail, SentNotification } from '../list-notifications.ts'
import type { Reader } from './campaign-parts.tsx'
import { MailBadge, validText } from './notification-parts.tsx'

type Props = {
  reader: Reader
  campaigns: { id: string; name: string }[]
  notifications: SentNotification[]
  query: NotificationQuery
  moreHref: string | undefined
  now: Date
}

/** What customers were sent, found by what they read out on the telephone. */
export function NotificationsBody({ reader, campaigns, notifications, query, moreHref, now }: Props) {
  const { t } = reader
  const isAsked = Boolean(query.campaign || query.q || query.refused)
  return (
    <>
      <Filters reader={reader} campaigns={campaigns} query={query} />
      <Card flush>
        <DataTable
          t={t}
          caption={t('campaigns.notifications.title')}
          rows={notifications}
          columns={columnsOf(reader, now)}
          moreHref={moreHref}
          empty={{
            title: t(isAsked ? 'campaigns.notifications.none' : 'campaigns.notifications.start'),
            text: isAsked ? t('campaigns.notifications.none_text') : undefined,
            icon: 'search',
          }}
        />
      </Card>
    </>
  )
}

function Filters({ reader: { t }, campaigns, query }: Pick<Props, 'reader' | 'campaigns' | 'query'>) {
  const { q, campaign = '', refused = [] } = query
  return (
    <FilterBar
      t={t}
      form={{ values: { q, campaign, refused }, errors: {} }}
      action={urls.admin.notifications.to()}
      label={t('campaigns.notifications.filter')}
    >
      <TextField
        name="q"
        type="search"
        label={t('campaigns.notifications.search')}
        maxlength={300}
        autocomplete="off"
      />
      <SelectField
        name="campaign"
        label={t('campaigns.notifications.campaign')}
        empty={t('campaigns.notifications.any')}
        options={campaigns.map(({ id, name }) => ({ value: id, text: name }))}
      />
      <CheckboxField name="refused" value="yes" label={t('campaigns.notifications.refused')} />
      <Button look="primary" icon="search">
        {t('campaigns.notifications.find')}
      </Button>
    </FilterBar>
  )
}

function columnsOf(reader: Reader, now: Date): Column<SentNotification>[] {
  const { t } = reader
  return [
    {
      key: 'customer',
      head: t('campaigns.column.customer'),
      main: true,
      cell: ({ id, customer_name, customer_number }) => (
        <>
          <a href={urls.admin.notification.to({ notification: id })}>
            <Text>{customer_name}</Text>
          </a>
          <div class="text-secondary">
            <Code wrap>{customer_number}</Code>
          </div>
        </>
      ),
    },
    {
      key: 'campaign',
      head: t('campaigns.notifications.campaign'),
      cell: ({ campaign_name }) => <Text>{campaign_name}</Text>,
    },
    {
      key: 'mails',
      head: t('campaigns.notifications.mails'),
      cell: ({ mails }) =>
        mails.length > 0 ? <Mails reader={reader} mails={mails} /> : t('campaigns.notifications.no_mail'),
    },
    {
      key: 'valid',
      head: t('campaigns.notifications.valid'),
      cell: (notification) => validText(reader, notification, now),
    },
  ]
}

/** The first few, those with trouble before the others. */
function Mails({ reader: { t, format }, mails }: { reader: Reader; mails: NotificationMail[] }) {
  const troubled = mails.filter(({ state }) => state === 'refused')
  const shown = [...troubled, ...mails.filter((mail) => !troubled.includes(mail))].slice(0, 3)
  return (
    <>
      {shown.map(({ email, state }) => (
        <div>
          <Text>{email}</Text> {state === 'refused' && <MailBadge t={t} state={state} />}
        </div>
      ))}
      {mails.length > shown.length && <div>+ {format.number(mails.length - shown.length)}</div>}
    </>
  )
}

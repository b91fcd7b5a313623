import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { SelectField, TextField } from '../../ui/form.tsx'
import { DataTable, FilterBar } from '../../ui/table.tsx'
import { Code, Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { RequestPage } from '../queries.ts'
import { requestKinds, requestStates } from '../rules.ts'
import type { QueueQuery } from '../schemas.ts'
import { LicenseLink } from './license-link.tsx'
import { ageOf, type Reader, UrgencyBadge } from './request-parts.tsx'

type Props = {
  reader: Reader
  page: RequestPage
  query: QueueQuery
  assignees: { user_id: string; name: string }[]
}

/** The operators' queue: what is due first stands first. */
export function QueueBody({ reader, page, query, assignees }: Props) {
  const { t } = reader
  return (
    <>
      <Filters t={t} query={query} assignees={assignees} />
      <Card flush>
        <DataTable
          t={t}
          caption={t('requests.queue.title')}
          rows={page.requests}
          moreHref={page.after && urls.admin.requests.to({ ...query, after: page.after })}
          empty={{ title: t('requests.queue.empty'), text: t('requests.queue.empty_text'), icon: 'circle-check' }}
          columns={columnsOf(reader)}
        />
      </Card>
    </>
  )
}

function Filters({ t, query, assignees }: Pick<Props, 'query' | 'assignees'> & { t: Reader['t'] }) {
  const { state, kind = '', assignee = '', urgency = '', number = '' } = query
  return (
    <FilterBar
      t={t}
      form={{ values: { state, kind, assignee, urgency, number }, errors: {} }}
      action={urls.admin.requests.to()}
      label={t('requests.queue.filter')}
    >
      <TextField name="number" label={t('requests.number')} autocomplete="off" maxlength={12} width="short" code />
      <SelectField
        name="state"
        label={t('requests.state')}
        required
        options={requestStates.map((value) => ({ value, text: t(`requests.state.${value}`) }))}
      />
      <SelectField
        name="kind"
        label={t('requests.kind')}
        empty={t('requests.queue.any')}
        options={requestKinds.map((value) => ({ value, text: t(`requests.kind.${value}`) }))}
      />
      <SelectField
        name="assignee"
        label={t('requests.assignee')}
        empty={t('requests.queue.any')}
        options={[
          { value: 'me', text: t('requests.queue.me') },
          { value: 'none', text: t('requests.queue.none') },
          ...assignees.map(({ user_id, name }) => ({ value: user_id, text: name })),
        ]}
      />
      <SelectField
        name="urgency"
        label={t('requests.queue.turn')}
        empty={t('requests.queue.any')}
        options={(['overdue', 'vendor', 'customer'] as const).map((value) => ({
          value,
          text: t(`requests.queue.turn.${value}`),
        }))}
      />
      <Button look="primary" icon="search">
        {t('requests.queue.show')}
      </Button>
    </FilterBar>
  )
}

function columnsOf(reader: Reader): Parameters<typeof DataTable<RequestPage['requests'][number]>>[0]['columns'] {
  const { t } = reader
  return [
    {
      key: 'number',
      head: t('requests.number'),
      main: true,
      nowrap: true,
      cell: ({ number }) => (
        <a href={urls.admin.request.to({ request: number })}>
          <Code>{number}</Code>
        </a>
      ),
    },
    { key: 'due', head: t('requests.state'), cell: (request) => <UrgencyBadge reader={reader} request={request} /> },
    {
      key: 'kind',
      head: t('requests.kind'),
      cell: (request) => (
        <>
          {t(`requests.kind.${request.kind}`)}
          <div>
            <LicenseLink request={request} />
          </div>
        </>
      ),
    },
    {
      key: 'organization',
      head: t('requests.organization'),
      cell: ({ organization_name, opener_name }) => <Text>{organization_name ?? opener_name}</Text>,
    },
    { key: 'opened', head: t('requests.opened'), cell: (request) => ageOf(reader, request) },
    {
      key: 'assignee',
      head: t('requests.assignee'),
      cell: ({ assignee_name }) => (assignee_name ? <Text>{assignee_name}</Text> : t('requests.queue.none')),
    },
  ]
}

import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { SelectField } from '../../ui/form.tsx'
import { DataTable, FilterBar } from '../../ui/table.tsx'
import { Code, Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { RequestPage } from '../queries.ts'
import { requestKinds, requestStates } from '../rules.ts'
import type { ListQuery } from '../schemas.ts'
import { ageOf, type Reader, StateBadge } from './request-parts.tsx'

/** My service requests: what the organization asked for, the newest first. */
export function ListBody({ reader, page, query }: { reader: Reader; page: RequestPage; query: ListQuery }) {
  const { t } = reader
  return (
    <Card title={t('requests.list.title')} id="requests" flush>
      <div class="kp-card-body">
        <Filters t={t} query={query} />
      </div>
      <DataTable
        t={t}
        caption={t('requests.list.title')}
        rows={page.requests}
        moreHref={page.after && urls.requests.list.to({ ...query, after: page.after })}
        empty={{
          title: t(query.state || query.kind ? 'requests.queue.empty' : 'requests.list.empty'),
          text: t(query.state || query.kind ? 'requests.queue.empty_text' : 'requests.list.empty_text'),
        }}
        columns={[
          {
            key: 'number',
            head: t('requests.number'),
            main: true,
            nowrap: true,
            cell: ({ number }) => (
              <a href={urls.requests.show.to({ request: number })}>
                <Code>{number}</Code>
              </a>
            ),
          },
          {
            key: 'kind',
            head: t('requests.kind'),
            cell: ({ kind, serial }) => (
              <>
                {t(`requests.kind.${kind}`)}
                {serial && (
                  <div>
                    <Code>{serial}</Code>
                  </div>
                )}
              </>
            ),
          },
          {
            key: 'state',
            head: t('requests.state'),
            cell: (request) => <StateBadge reader={reader} request={request} />,
          },
          { key: 'opened', head: t('requests.opened'), cell: (request) => ageOf(reader, request) },
          {
            key: 'asker',
            head: t('requests.asker'),
            cell: ({ opener_name }) => <Text>{opener_name ?? '–'}</Text>,
          },
        ]}
      />
    </Card>
  )
}

function Filters({ t, query }: { t: Reader['t']; query: ListQuery }) {
  const { state = '', kind = '' } = query
  return (
    <FilterBar
      t={t}
      form={{ values: { state, kind }, errors: {} }}
      action={`${urls.requests.list.to()}#requests`}
      label={t('requests.list.filter')}
    >
      <SelectField
        name="state"
        label={t('requests.state')}
        empty={t('requests.queue.any')}
        options={requestStates.map((value) => ({ value, text: t(`requests.state.${value}`) }))}
      />
      <SelectField
        name="kind"
        label={t('requests.kind')}
        empty={t('requests.queue.any')}
        options={requestKinds.map((value) => ({ value, text: t(`requests.kind.${value}`) }))}
      />
      <Button icon="search">{t('requests.queue.show')}</Button>
    </FilterBar>
  )
}

import { LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/table.tsx'
import { Code, Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { RequestPage } from '../queries.ts'
import { ageOf, type Reader, StateBadge } from './request-parts.tsx'

/** My service requests: what the organization asked for, the newest first. */
export function ListBody({ reader, page }: { reader: Reader; page: RequestPage }) {
  const { t } = reader
  return (
    <Card flush>
      <DataTable
        t={t}
        caption={t('requests.list.title')}
        rows={page.requests}
        moreHref={page.after && urls.requests.list.to({ after: page.after })}
        empty={{
          title: t('requests.list.empty'),
          text: t('requests.list.empty_text'),
          action: (
            <LinkButton href={urls.licenses.catalog.to()} icon="license">
              {t('ui.nav.licenses')}
            </LinkButton>
          ),
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

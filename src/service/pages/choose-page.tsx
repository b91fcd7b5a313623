import { type CatalogRow, LicenseStatusBadge } from '../../licenses/index.ts'
import type { Day } from '../../platform/actor.ts'
import type { Format, T } from '../../platform/i18n.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { TextField } from '../../ui/form.tsx'
import { DataTable, FilterBar } from '../../ui/table.tsx'
import { Code, Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'

export type ChosenFor = 'address' | 'rehost' | 'ownership'

type Props = {
  t: T
  format: Format
  today: Day
  about: ChosenFor
  q: string
  licenses: CatalogRow[]
  /** Whether there are more than are shown. */
  more: boolean
}

/** Where a chosen license leads: to the form that the request needs. */
const formOf = {
  address: urls.licenses.requestAddress,
  rehost: urls.deployments.rehost,
  ownership: urls.transfers.ownership,
} as const

/** Choose the license that a request is about, and go on to its form. */
export function ChooseBody(props: Props) {
  const { t, about, q, licenses, more } = props
  return (
    <>
      <FilterBar
        t={t}
        form={{ values: { q }, errors: {} }}
        action={urls.requests.choose.to()}
        label={t('service.choose.title')}
      >
        <input type="hidden" name="for" value={about} />
        <TextField name="q" type="search" label={t('service.choose.find')} autocomplete="off" maxlength={200} />
        <Button look="primary" icon="search">
          {t('service.choose.submit')}
        </Button>
      </FilterBar>
      <Card flush foot={more && t('service.choose.more', { count: licenses.length })}>
        <DataTable
          t={t}
          caption={t('service.choose.title')}
          rows={licenses}
          empty={{ title: t('service.choose.empty'), text: t('service.choose.empty_text') }}
          columns={columnsOf(props)}
        />
      </Card>
    </>
  )
}

function columnsOf({ t, format, today, about }: Props): Parameters<typeof DataTable<CatalogRow>>[0]['columns'] {
  return [
    {
      key: 'serial',
      head: t('licenses.column.serial'),
      main: true,
      nowrap: true,
      cell: ({ serial }) => <Code>{serial}</Code>,
    },
    {
      key: 'product',
      head: t('licenses.column.product'),
      cell: ({ product_name, version }) => (
        <Text>
          {product_name} {version}
        </Text>
      ),
    },
    {
      key: 'status',
      head: t('licenses.column.status'),
      cell: (license) => <LicenseStatusBadge t={t} format={format} today={today} license={license} />,
    },
    {
      key: 'select',
      head: t('ui.actions'),
      quietHead: true,
      cell: ({ serial }) => (
        <LinkButton small href={formOf[about].to({ serial })} label={t('service.choose.select_this', { serial })}>
          {t('service.choose.select')}
        </LinkButton>
      ),
    },
  ]
}

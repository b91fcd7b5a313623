import type { Day } from '../../platform/actor.ts'
import type { Format, T } from '../../platform/i18n.ts'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/table.tsx'
import { Code, Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import { refusalText } from '../texts.ts'
import type { NotEligible, Upgraded } from '../upgraded.ts'

type Part<Row> = { rows: Row[]; moreHref: string | undefined }
type Props = {
  t: T
  format: Format
  released_on: Day
  upgraded: Part<Upgraded>
  not_eligible: Part<NotEligible>
  support_email: string
}

/** What was upgraded by whom, as far as the reader may see it, and what cannot be, with the reason. */
export function UpgradedPage(props: Props) {
  const { t, support_email: email } = props
  return (
    <>
      <Card title={t('upgrades.upgraded.title')} flush>
        <UpgradedTable {...props} />
      </Card>
      <Card title={t('upgrades.not_eligible.title')} foot={<p>{t('upgrades.not_eligible.text', { email })}</p>} flush>
        <NotEligibleTable {...props} />
      </Card>
    </>
  )
}

function UpgradedTable({ t, format, upgraded }: Props) {
  return (
    <DataTable
      t={t}
      id="upgraded"
      caption={t('upgrades.upgraded.title')}
      {...upgraded}
      empty={{ title: t('upgrades.upgraded.none') }}
      columns={[
        {
          key: 'new',
          head: t('upgrades.upgraded.new'),
          main: true,
          nowrap: true,
          cell: ({ new_serial: serial }) => (serial ? <SerialLink serial={serial} /> : '–'),
        },
        {
          key: 'old',
          head: t('upgrades.upgraded.old'),
          nowrap: true,
          cell: ({ old_serial: serial }) => (serial ? <SerialLink serial={serial} /> : '–'),
        },
        {
          key: 'quantity',
          head: t('upgrades.upgraded.quantity'),
          align: 'end',
          cell: ({ quantity }) => format.number(quantity),
        },
        {
          key: 'owner',
          head: t('upgrades.upgraded.owner'),
          cell: ({ owner }) => (owner ? <Text>{owner}</Text> : t('upgrades.upgraded.elsewhere')),
        },
        {
          key: 'when',
          head: t('upgrades.upgraded.when'),
          cell: ({ upgraded_at, by: name }) => {
            const when = format.moment(upgraded_at)
            return name ? t('upgrades.upgraded.by', { when, name }) : when
          },
        },
      ]}
    />
  )
}

function NotEligibleTable({ t, format, released_on, not_eligible }: Props) {
  return (
    <DataTable
      t={t}
      id="not-eligible"
      caption={t('upgrades.not_eligible.title')}
      {...not_eligible}
      empty={{ title: t('upgrades.not_eligible.none'), icon: 'circle-check' }}
      columns={[
        {
          key: 'serial',
          head: t('registration.column.serial'),
          main: true,
          nowrap: true,
          cell: ({ serial }) => <SerialLink serial={serial} />,
        },
        {
          key: 'reason',
          head: t('upgrades.not_eligible.reason'),
          cell: (row) => refusalText({ t, format }, row.refusal, { ...row, released_on }),
        },
      ]}
    />
  )
}

function SerialLink({ serial }: { serial: string }) {
  return (
    <a href={urls.licenses.show.to({ serial })}>
      <Code>{serial}</Code>
    </a>
  )
}

import type { Format, T } from '../../platform/i18n.ts'
import { Alert } from '../../ui/alert.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/table.tsx'
import { Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { Done, Offer } from '../offers.ts'
import { refusalText } from '../texts.ts'

type Props = { t: T; format: Format; serial: string; offers: Offer[]; done: Done[] }

/** What is offered for one license, and what became of it already. */
export function LicenseUpgradePage(props: Props) {
  const { t, done } = props
  return (
    <>
      {done.map((one) => (
        <DoneNote {...props} one={one} />
      ))}
      <Card title={t('upgrades.license.title')} flush>
        <Offers {...props} />
      </Card>
    </>
  )
}

function DoneNote({ t, format, serial, one }: Props & { one: Done }) {
  const facts = {
    quantity: format.number(one.quantity),
    version: one.version,
    day: format.moment(one.day),
    until: format.day(one.overlap_ends_on),
    total: format.number(one.total),
  }
  return (
    <Alert t={t} tone="info" title={t('upgrades.license.done.title')}>
      <p>{one.settled ? t('upgrades.license.done_settled', facts) : t('upgrades.license.done', facts)}</p>
      <p>
        <a href={urls.licenses.show.to({ serial: one.serial })}>{t('upgrades.license.new', { serial: one.serial })}</a>
      </p>
      {!one.settled && (
        <form method="post" action={urls.upgrades.endOverlap.to({ serial })} data-once={t('ui.working')}>
          <p>{t('upgrades.license.end.text')}</p>
          <input type="hidden" name="upgraded" value={one.serial} />
          <Button look="danger">{t('upgrades.license.end')}</Button>
        </form>
      )}
    </Alert>
  )
}

function Offers({ t, format, serial, offers }: Props) {
  return (
    <DataTable
      t={t}
      caption={t('upgrades.license.title')}
      rows={offers}
      empty={{ title: t('upgrades.license.none'), text: t('upgrades.license.none.text'), icon: 'circle-check' }}
      columns={[
        {
          key: 'to',
          head: t('upgrades.products.to'),
          main: true,
          cell: ({ product, version }) => <Text>{`${product} ${version}`}</Text>,
        },
        {
          key: 'until',
          head: t('upgrades.license.until'),
          cell: ({ campaign_ends_on: day }) => (day ? format.day(day) : t('upgrades.mine.until_open')),
        },
        {
          key: 'state',
          head: t('upgrades.license.state'),
          cell: (offer) =>
            offer.refusal
              ? refusalText({ t, format }, offer.refusal, offer)
              : t('upgrades.license.possible', { left: offer.left }),
        },
        {
          key: 'action',
          head: t('upgrades.products.action'),
          quietHead: true,
          cell: ({ path_id, version, refusal }) =>
            refusal ? (
              ''
            ) : (
              <form method="post" action={urls.upgrades.ofLicense.to({ serial })} data-once={t('ui.working')}>
                <input type="hidden" name="path" value={path_id} />
                <Button small look="primary" label={t('upgrades.offer_of', { serial, version })}>
                  {t('upgrades.products.upgrade')}
                </Button>
              </form>
            ),
        },
      ]}
    />
  )
}

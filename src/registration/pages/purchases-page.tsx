import type { Format, T } from '../../platform/i18n.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/table.tsx'
import { Code, Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { Purchase } from '../purchases.ts'
import { mostSerials } from '../schemas.ts'

type Props = {
  t: T
  format: Format
  rows: Purchase[]
  waiting: { count: number; exact: boolean }
  moreHref: string | undefined
}

/** Purchases that wait; each becomes a basket by one press. */
export function PurchasesPage({ t, format, rows, waiting, moreHref }: Props) {
  return (
    <Card
      title={t('registration.purchases.count', { count: waiting.count })}
      action={
        rows.length > 1 && waiting.exact && waiting.count <= mostSerials ? (
          <StartButton t={t} purchase="all" text={t('registration.purchases.start_all')} />
        ) : undefined
      }
      flush
    >
      <PurchaseTable {...{ t, format, rows, moreHref }} id="purchases" />
    </Card>
  )
}

/** Also the short list on Home. */
export function PurchaseTable(props: Pick<Props, 't' | 'format' | 'rows' | 'moreHref'> & { id: string }) {
  const { t, format, rows, moreHref } = props
  return (
    <DataTable
      t={t}
      id={props.id}
      caption={t('registration.purchases.title')}
      rows={rows}
      moreHref={moreHref}
      empty={{
        title: t('registration.purchases.none'),
        text: t('registration.purchases.none.text'),
        action: <LinkButton href={urls.customers.numbers.to()}>{t('ui.tab.customer_numbers')}</LinkButton>,
      }}
      columns={[
        { key: 'order', head: t('registration.purchases.order'), main: true, cell: (row) => <Order t={t} row={row} /> },
        {
          key: 'ordered_on',
          head: t('registration.purchases.ordered_on'),
          nowrap: true,
          cell: ({ ordered_on }) => ordered_on && format.day(ordered_on),
        },
        { key: 'products', head: t('registration.purchases.products'), cell: (row) => <Products t={t} row={row} /> },
        {
          key: 'waiting',
          head: t('registration.purchases.waiting'),
          align: 'end',
          cell: ({ waiting }) => format.number(waiting),
        },
        {
          key: 'start',
          head: t('registration.purchases.start'),
          quietHead: true,
          align: 'end',
          cell: (row) => (
            <StartButton
              t={t}
              purchase={row.id}
              text={t('registration.purchases.start')}
              label={t('registration.purchases.start_of', { name: row.order_number ?? row.customer_number })}
            />
          ),
        },
      ]}
    />
  )
}

function StartButton({ purchase, text, label }: { t: T; purchase: string; text: string; label?: string }) {
  return (
    <form method="post" action={urls.registration.purchases.to()}>
      <input type="hidden" name="purchase" value={purchase} />
      <Button small label={label}>
        {text}
      </Button>
    </form>
  )
}

function Order({ t, row: { order_number, purchase_order, customer_number, customer_name } }: { t: T; row: Purchase }) {
  return (
    <>
      {order_number ? <Code wrap>{order_number}</Code> : t('registration.purchases.no_order')}
      {purchase_order && (
        <div class="kp-note">
          <Text>{t('registration.purchases.purchase_order', { purchase_order })}</Text>
        </div>
      )}
      <div class="kp-note">
        <Text>{customer_name}</Text> <Code wrap>{customer_number}</Code>
      </div>
    </>
  )
}

const namedProducts = 3

function Products({ t, row: { products } }: { t: T; row: Purchase }) {
  const more = products.length - namedProducts
  return (
    <>
      {products.slice(0, namedProducts).map((name) => (
        <div>
          <Text>{name}</Text>
        </div>
      ))}
      {more > 0 && <div class="kp-note">{t('registration.purchases.more_products', { count: more })}</div>}
    </>
  )
}

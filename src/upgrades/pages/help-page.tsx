import type { FormState } from '../../platform/http/form.ts'
import type { Format, T } from '../../platform/i18n.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { FieldRow, Form, TextField } from '../../ui/form.tsx'
import { DataTable } from '../../ui/table.tsx'
import { Code, Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { MyNotification } from '../notifications.ts'
import { countText } from '../texts.ts'

type Props = { t: T; format: Format; form: FormState; notifications: MyNotification[] }

/** Help of Version Upgrade: the notifications of the account, and how to find one by an order. */
export function HelpPage(props: Props) {
  const { t, form } = props
  return (
    <>
      <Card title={t('upgrades.mine.title')} flush>
        <Mine {...props} />
      </Card>
      <Card title={t('upgrades.lookup.title')}>
        <p>{t('upgrades.lookup.text')}</p>
        <Form t={t} form={form} action={urls.upgrades.help.to()} unmarked>
          <FieldRow>
            <TextField
              name="customer_number"
              label={t('upgrades.lookup.customer')}
              code
              autocomplete="off"
              maxlength={40}
              required
            />
            <TextField
              name="order_number"
              label={t('upgrades.lookup.order')}
              code
              autocomplete="off"
              maxlength={40}
              required
            />
          </FieldRow>
          <Button icon="search">{t('upgrades.lookup.find')}</Button>
        </Form>
      </Card>
    </>
  )
}

function Mine({ t, format, notifications }: Props) {
  return (
    <DataTable
      t={t}
      caption={t('upgrades.mine.title')}
      rows={notifications}
      empty={{ title: t('upgrades.mine.none'), text: t('upgrades.mine.none.text'), icon: 'circle-check' }}
      columns={[
        { key: 'campaign', head: t('upgrades.mine.campaign'), main: true, cell: (one) => <Text>{one.campaign}</Text> },
        {
          key: 'customer',
          head: t('upgrades.mine.customer'),
          cell: (one) => (
            <>
              <Text>{one.customer}</Text>
              <div class="kp-status-date">
                <Code wrap>{one.customer_number}</Code>
              </div>
            </>
          ),
        },
        {
          key: 'until',
          head: t('upgrades.mine.until'),
          cell: ({ ends_on }) => (ends_on ? format.day(ends_on) : t('upgrades.mine.until_open')),
        },
        {
          key: 'available',
          head: t('upgrades.mine.available'),
          cell: ({ available }) => countText({ t, format }, available),
        },
        {
          key: 'open',
          head: t('upgrades.mine.open'),
          quietHead: true,
          cell: (one) => (
            <LinkButton
              small
              href={urls.upgrades.products.to({ notification: one.id })}
              label={t('upgrades.mine.open_of', { name: `${one.campaign}, ${one.customer_number}` })}
            >
              {t('upgrades.mine.open')}
            </LinkButton>
          ),
        },
      ]}
    />
  )
}

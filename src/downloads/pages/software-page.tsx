import type { FormState } from '../../platform/http/form.ts'
import type { Format, T } from '../../platform/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Form, TextField } from '../../ui/form.tsx'
import { DataTable } from '../../ui/table.tsx'
import { Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { SoftwareProduct } from '../queries.ts'

type Props = { t: T; format: Format; form: FormState; products: SoftwareProduct[] }

/** Get Software: by product, or by typing a serial number. */
export function SoftwareBody({ t, format, form, products }: Props) {
  return (
    <>
      <Card title={t('downloads.by_serial')}>
        <Form t={t} form={form} action={urls.software.home.to()} method="get" unmarked>
          <TextField
            name="serial"
            label={t('downloads.serial')}
            hint={t('downloads.serial_hint')}
            code
            autocomplete="off"
            maxlength={40}
            width="medium"
            after={<Button icon="search">{t('downloads.find')}</Button>}
          />
        </Form>
      </Card>
      <Card title={t('downloads.products')} flush>
        <DataTable
          t={t}
          caption={t('downloads.products')}
          rows={products}
          empty={{ icon: 'package', title: t('downloads.empty'), text: t('downloads.empty_text') }}
          columns={[
            {
              key: 'product',
              head: t('downloads.product'),
              main: true,
              cell: ({ code, name, description }) => (
                <>
                  <a href={urls.software.product.to({ product: code })}>
                    <Text>{name}</Text>
                  </a>
                  <div class="kp-status-date">
                    <Text>{description}</Text>
                  </div>
                </>
              ),
            },
            { key: 'version', head: t('downloads.newest'), cell: ({ version }) => <Text>{version}</Text> },
            {
              key: 'released',
              head: t('downloads.released_on'),
              cell: ({ released_on }) => format.shortDay(released_on),
            },
          ]}
        />
      </Card>
    </>
  )
}

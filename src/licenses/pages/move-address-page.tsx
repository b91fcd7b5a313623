import { type Address, addressLines } from '../../customers/index.ts'
import { countryOptions } from '../../platform/countries.ts'
import type { FormState } from '../../platform/http/form.ts'
import type { Format, Locale, T } from '../../platform/i18n.ts'
import { Alert } from '../../ui/alert.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Actions, Form, SelectField, TextField } from '../../ui/form.tsx'
import { Grid } from '../../ui/grid.tsx'
import { DataTable, FilterBar } from '../../ui/table.tsx'
import { Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { LicenseDetails } from '../license-details.ts'

type Common = { t: T; format: Format; locale: Locale; license: LicenseDetails }

type SearchProps = Common & {
  /** The criteria of the search, by field. */
  query: { text: string; company: string; city: string; postal_code: string; country: string }
  page: { addresses: Address[]; after: string | undefined }
  /** Number of the open request for a new address, if there is one. */
  open_request: string | undefined
}

/** Move License To a New Address: search, show, select. */
export function MoveAddressBody(props: SearchProps) {
  const { t, format, license, open_request } = props
  return (
    <>
      {open_request && <OpenRequest t={t} request={open_request} />}
      <Card title={t('licenses.address.now')}>
        <AddressBlock t={t} format={format} address={license.address} />
      </Card>
      <Criteria {...props} />
      <div id="found">
        <Found {...props} />
      </div>
    </>
  )
}

export function OpenRequest({ t, request }: { t: T; request: string }) {
  return (
    <Alert t={t} tone="info" title={t('licenses.address.request.open', { request })}>
      <a href={urls.requests.show.to({ request })}>{t('licenses.address.request.see')}</a>
    </Alert>
  )
}

/** An address as on an envelope. */
export function AddressBlock({ t, format, address }: { t: T; format: Format; address: Omit<Address, 'id'> | null }) {
  if (!address) return <p class="m-0">{t('licenses.details.no_address')}</p>
  return (
    <address class="m-0">
      {addressLines(address, format).map((line) => (
        <div>
          <Text>{line}</Text>
        </div>
      ))}
    </address>
  )
}

function Criteria({ t, format, locale, license: { serial }, query }: SearchProps) {
  return (
    <FilterBar
      t={t}
      form={{ values: query, errors: {} }}
      action={urls.licenses.address.to({ serial })}
      label={t('licenses.address.search')}
      results="found"
    >
      <h2>{t('licenses.address.search')}</h2>
      <TextField name="text" type="search" label={t('licenses.address.text')} autocomplete="off" />
      <TextField name="company" label={t('customers.address.company')} autocomplete="off" />
      <TextField name="city" label={t('customers.address.city')} autocomplete="off" />
      <TextField name="postal_code" label={t('customers.address.postal_code')} autocomplete="off" />
      <SelectField
        name="country"
        label={t('customers.address.country')}
        options={countryOptions(locale, format)}
        empty={t('licenses.address.any')}
      />
      <Button look="primary" icon="search">
        {t('licenses.address.show')}
      </Button>
    </FilterBar>
  )
}

function Found({ t, format, license: { serial }, query, page }: SearchProps) {
  return (
    <Card flush>
      <DataTable
        t={t}
        id="addresses"
        caption={t('licenses.address.found')}
        rows={page.addresses}
        moreHref={page.after && urls.licenses.address.to({ serial }, { ...query, after: page.after })}
        empty={{
          title: t('licenses.address.none'),
          text: t('licenses.address.none_text'),
          action: (
            <LinkButton href={urls.licenses.requestAddress.to({ serial })} icon="plus">
              {t('licenses.address.request')}
            </LinkButton>
          ),
        }}
        columns={[
          {
            key: 'company',
            head: t('customers.address.company'),
            main: true,
            cell: ({ company }) => <Text>{company}</Text>,
          },
          {
            key: 'street',
            head: t('customers.address.street'),
            cell: ({ street, street2 }) => <Text>{[street, street2].filter(Boolean).join(', ')}</Text>,
          },
          {
            key: 'city',
            head: t('customers.address.city'),
            cell: ({ postal_code, city, region }) => (
              <Text>{[postal_code, city, region].filter(Boolean).join(' ')}</Text>
            ),
          },
          { key: 'country', head: t('customers.address.country'), cell: ({ country }) => format.country(country) },
          {
            key: 'select',
            head: t('licenses.address.select'),
            quietHead: true,
            cell: (address) => (
              <LinkButton
                small
                href={urls.licenses.address.to({ serial }, { address: address.id })}
                label={t('licenses.address.select_this', { address: addressLines(address, format).join(', ') })}
              >
                {t('licenses.address.select')}
              </LinkButton>
            ),
          },
        ]}
      />
    </Card>
  )
}

type ConfirmProps = Common & { form: FormState; address: Address }

/** Before and after, before anything changes. */
export function ConfirmMoveBody({ t, format, license, form, address }: ConfirmProps) {
  const { serial, revision } = license
  return (
    <>
      <Grid>
        <Card title={t('licenses.address.before')}>
          <AddressBlock t={t} format={format} address={license.address} />
        </Card>
        <Card title={t('licenses.address.after')}>
          <AddressBlock t={t} format={format} address={address} />
        </Card>
      </Grid>
      <Form t={t} form={form} action={urls.licenses.address.to({ serial })}>
        <input type="hidden" name="address_id" value={address.id} />
        <input type="hidden" name="revision" value={String(revision)} />
        <p>{t('licenses.address.keys_stay')}</p>
        <Actions>
          <Button look="primary">{t('licenses.address.move')}</Button>
          <LinkButton href={urls.licenses.address.to({ serial })}>{t('ui.back')}</LinkButton>
        </Actions>
      </Form>
    </>
  )
}

import { type Address, AddressFields, addressLine } from '../../customers/index.ts'
import { mostContacts } from '../../licenses/index.ts'
import type { FormState } from '../../platform/http/form.ts'
import type { Format, Locale, T } from '../../platform/i18n.ts'
import { Alert } from '../../ui/alert.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Actions, FieldRow, Fieldset, Form, RadioField, TextField } from '../../ui/form.tsx'
import { DataTable } from '../../ui/table.tsx'
import { Code, Text } from '../../ui/text.tsx'
import { WizardBody } from '../../ui/wizard.tsx'
import { type ProductGroup, rowsIn } from '../details-form.ts'
import type { PlannedLicense } from '../plan-registration.ts'
import { type Purpose, wizardUrls } from '../wizard.ts'
import { problemText, relationText, shownSerial } from './plan-texts.ts'
import { ProductFields } from './product-fields.tsx'
import { Steps } from './steps.tsx'

type Props = {
  t: T
  format: Format
  locale: Locale
  form: FormState
  purpose: Purpose
  draft_id: string
  revision: number
  addresses: Address[]
  groups: ProductGroup[]
  /** Licenses that can be changed one by one; those with a problem first. */
  singles: PlannedLicense[]
  aside: ProductCount[]
  /** Why the wizard came back here. */
  problem: string | undefined
}

export type ProductCount = { product: string; count: number }

/** Step 2: what is asked once for all licenses, then per product, then for single ones. */
export function DetailsPage(props: Props) {
  const { t, form, purpose, draft_id, revision, groups, singles, problem } = props
  const { first, details } = wizardUrls[purpose]
  return (
    <>
      <Steps t={t} purpose={purpose} draft_id={draft_id} current="details" />
      {problem && <Alert t={t} tone="danger" title={problem} />}
      <WizardBody aside={<Summary {...props} />}>
        <Form t={t} form={form} action={details.to({ draft: draft_id })}>
          <input type="hidden" name="revision" value={String(revision)} />
          {/* Enter in a field presses the form's first button: that must be Next, not a smaller one. */}
          <button type="submit" class="visually-hidden" tabindex={-1}>
            {t('registration.next')}
          </button>
          <TextField
            name="registered_to"
            label={t('registration.details.registered_to')}
            hint={t('registration.details.registered_to_hint')}
            autocomplete="organization"
            maxlength={200}
            required
          />
          <AddressPart {...props} />
          <Contacts {...props} />
          {groups.map(({ product, licenses }) => (
            <Fieldset
              legend={t('registration.details.product', {
                product: `${product.name} ${product.version}`,
                count: licenses.length,
              })}
            >
              <ProductFields t={t} locale={props.locale} form={form} product={product} />
            </Fieldset>
          ))}
          <Actions>
            <Button look="primary" icon="arrow-right">
              {t('registration.next')}
            </Button>
            <LinkButton href={first.to({ draft: draft_id })}>{t('ui.back')}</LinkButton>
          </Actions>
        </Form>
        {singles.length > 0 && <Singles {...props} />}
      </WizardBody>
    </>
  )
}

function AddressPart({ t, form, locale, format, addresses }: Props) {
  return (
    <Fieldset legend={t('registration.details.address')} hint={t('registration.details.address_hint')}>
      <TextField
        name="address_search"
        type="search"
        label={t('registration.details.address_search')}
        autocomplete="off"
        after={
          <Button name="more" value="address_search" icon="search">
            {t('registration.details.address_show')}
          </Button>
        }
      />
      {addresses.length === 0 && form.values.address_search && (
        <p class="form-hint">{t('registration.details.address_no_match')}</p>
      )}
      <RadioField
        name="address"
        label={t('registration.details.address')}
        options={[
          ...addresses.map((address) => ({ value: address.id, text: addressLine(address, format) })),
          { value: 'new', text: t('registration.details.address_new') },
          { value: 'none', text: t('registration.details.address_none') },
        ]}
      />
      <div class="kp-new-address">
        <AddressFields {...{ t, format, locale }} prefix="new." />
      </div>
    </Fieldset>
  )
}

function Contacts({ t, form }: Props) {
  const rows = rowsIn(form.values, 'contacts')
  return (
    <Fieldset legend={t('registration.details.contacts')} hint={t('registration.details.contacts_hint')}>
      {Array.from({ length: rows }, (_, n) => (
        <Fieldset legend={t('registration.contact.legend', { n: n + 1 })}>
          <FieldRow>
            <TextField
              name={`contacts.${n}.name`}
              label={t('registration.contact.name')}
              autocomplete={n === 0 ? 'name' : 'off'}
              maxlength={200}
              required={n === 0}
            />
            <TextField
              name={`contacts.${n}.email`}
              type="email"
              label={t('registration.contact.email')}
              autocomplete={n === 0 ? 'email' : 'off'}
              maxlength={254}
              required={n === 0}
            />
            <TextField
              name={`contacts.${n}.phone`}
              type="tel"
              label={t('registration.contact.phone')}
              autocomplete={n === 0 ? 'tel' : 'off'}
              maxlength={40}
            />
          </FieldRow>
        </Fieldset>
      ))}
      {rows < mostContacts && (
        <Button small icon="plus" name="more" value={`contacts.${rows}.name`}>
          {t('registration.contact.add')}
        </Button>
      )}
    </Fieldset>
  )
}

function Singles({ t, format, purpose, draft_id, singles }: Props) {
  return (
    <Card title={t('registration.licenses.title')} foot={<p>{t('registration.licenses.text')}</p>} flush>
      <DataTable
        t={t}
        caption={t('registration.licenses.title')}
        rows={singles}
        empty={{ title: t('ui.none') }}
        columns={[
          {
            key: 'serial',
            head: t('registration.column.serial'),
            main: true,
            nowrap: true,
            cell: ({ license }) => <Code>{shownSerial(license)}</Code>,
          },
          {
            key: 'product',
            head: t('registration.column.product'),
            cell: ({ license }) => <Text>{`${license.product.name} ${license.product.version}`}</Text>,
          },
          {
            key: 'quantity',
            head: t('registration.column.quantity'),
            align: 'end',
            cell: ({ license }) => format.number(license.quantity),
          },
          {
            key: 'state',
            head: t('registration.column.outcome'),
            cell: (planned) => problemText(t, planned) ?? relationText(t, planned) ?? hostsText(planned) ?? '–',
          },
          {
            key: 'change',
            head: t('registration.column.change'),
            quietHead: true,
            cell: ({ license }) => (
              <LinkButton
                small
                icon="pencil"
                href={wizardUrls[purpose].license.to({ draft: draft_id, serial: license.serial })}
                label={t('registration.licenses.change_of', { serial: shownSerial(license) })}
              >
                {t('registration.licenses.change')}
              </LinkButton>
            ),
          },
        ]}
      />
    </Card>
  )
}

function hostsText({ hosts }: PlannedLicense) {
  return hosts ? <Code wrap>{hosts.map((host) => `${host.id} × ${host.quantity}`).join(', ')}</Code> : undefined
}

function Summary({ t, format, aside }: Props) {
  return (
    <Card title={t('registration.verify.licenses')}>
      <ul class="kp-list">
        {aside.map(({ product, count }) => (
          <li>
            {format.number(count)} × <Text>{product}</Text>
          </li>
        ))}
      </ul>
    </Card>
  )
}

import type { Format, T } from '../../platform/i18n.ts'
import { StatusBadge, type Tone } from '../../ui/badge.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DescriptionList } from '../../ui/description-list.tsx'
import { Actions, CheckboxField, Form, type FormState, TextArea, TextField } from '../../ui/form.tsx'
import { type Column, DataTable } from '../../ui/table.tsx'
import { Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { Transfer } from '../queries.ts'
import { offerDays, type TransferState, undoDays } from '../rules.ts'

const tones: Record<TransferState, Tone> = {
  offered: 'info',
  accepted: 'success',
  declined: 'neutral',
  withdrawn: 'neutral',
  expired: 'neutral',
  undone: 'warning',
}

export type Reading = { t: T; format: Format }

export function whatText(t: T, { serial, license_count: count }: Transfer): string {
  return serial ? t('transfers.what.serial', { serial }) : t('transfers.what.licenses', { count })
}

type ListProps = Reading & { transfers: Transfer[]; organization_id: string; now: Date }

/** Ownership transfers of the reader's organization, offered and taken. */
export function TransfersBody({ t, format, transfers, organization_id, now }: ListProps) {
  const columns: Column<Transfer>[] = [
    {
      key: 'what',
      head: t('transfers.column.what'),
      main: true,
      cell: (transfer) => (
        <a href={urls.transfers.show.to({ transfer: transfer.id })}>
          <Text>{whatText(t, transfer)}</Text>
        </a>
      ),
    },
    {
      key: 'who',
      head: t('transfers.column.who'),
      cell: (transfer) => {
        const isFrom = transfer.from_id === organization_id
        const other = isFrom ? (transfer.to_name ?? transfer.to_email) : transfer.from_name
        return <Text>{t(isFrom ? 'transfers.to' : 'transfers.from', { other })}</Text>
      },
    },
    { key: 'when', head: t('transfers.column.when'), cell: ({ offered_at }) => format.moment(offered_at) },
    { key: 'state', head: t('transfers.column.state'), cell: (transfer) => <State {...{ t, transfer, now }} /> },
  ]
  return (
    <Card flush>
      <DataTable
        t={t}
        caption={t('transfers.title')}
        rows={transfers}
        columns={columns}
        empty={{ title: t('transfers.empty'), text: t('transfers.empty_text'), icon: 'arrows-sort' }}
      />
    </Card>
  )
}

export function State({ t, transfer, now }: { t: T; transfer: Transfer; now: Date }) {
  const state = transfer.state === 'offered' && transfer.expires_at <= now ? 'expired' : transfer.state
  return <StatusBadge tone={tones[state]} text={t(`transfers.state.${state}`)} />
}

/** An offer: whom to, what, and what goes along. */
export function OfferBody({ t, form, single }: { t: T; form: FormState; single: boolean }) {
  return (
    <Card>
      <ul>
        <li>{t('transfers.offer.waits', { days: offerDays })}</li>
        <li>{t('transfers.offer.moves')}</li>
        <li>{t('transfers.offer.undo', { days: undoDays })}</li>
      </ul>
      <Form t={t} form={form} action={urls.transfers.offer.to()}>
        <TextField
          name="email"
          type="email"
          label={t('sharing.user_name')}
          hint={t('transfers.offer.user_hint')}
          autocomplete="off"
          maxlength={254}
          required
        />
        <TextArea
          name="serials"
          label={t('sharing.form.serials')}
          hint={t('sharing.form.serials.hint')}
          rows={single ? 2 : 5}
          required
        />
        <TextField
          name="quantity"
          type="number"
          label={t('transfers.offer.quantity')}
          hint={t('transfers.offer.quantity_hint')}
          min={1}
          width="short"
        />
        <CheckboxField name="with_comments" label={t('transfers.offer.with_comments')} />
        <CheckboxField
          name="with_fields"
          label={t('transfers.offer.with_fields')}
          hint={t('transfers.offer.with_fields_hint')}
        />
        <TextArea name="message" label={t('transfers.offer.message')} maxlength={2000} rows={3} />
        <Actions>
          <Button look="primary">{t('transfers.offer.submit')}</Button>
          <LinkButton href={urls.transfers.list.to()}>{t('sharing.cancel')}</LinkButton>
        </Actions>
      </Form>
    </Card>
  )
}

type OwnershipProps = Reading & {
  serial: string
  owner: string
  registered_to: string | null
  registered_at: Date | null
  /** The open offer that it stands in. */
  offer: string | undefined
}

/** License Ownership Assignment & Transfers: whose license it is, and the two ways to another owner. */
export function OwnershipBody({ t, format, serial, owner, registered_to, registered_at, offer }: OwnershipProps) {
  return (
    <>
      <Card title={t('transfers.ownership.title')}>
        <p>{t('transfers.ownership.note')}</p>
        <DescriptionList
          items={[
            { label: t('licenses.details.owner'), value: <Text>{owner}</Text> },
            registered_to !== null && {
              label: t('licenses.details.registered_to'),
              value: <Text>{registered_to}</Text>,
            },
            registered_at !== null && {
              label: t('licenses.details.registered'),
              value: format.moment(registered_at),
            },
          ]}
        />
      </Card>
      <Card title={t('transfers.ownership.offer')}>
        <p>{t('transfers.ownership.offer_text')}</p>
        <Actions>
          {offer ? (
            <LinkButton look="primary" href={urls.transfers.show.to({ transfer: offer })}>
              {t('transfers.ownership.see')}
            </LinkButton>
          ) : (
            <LinkButton look="primary" href={urls.transfers.offer.to({ license: serial })}>
              {t('transfers.offer.title')}
            </LinkButton>
          )}
        </Actions>
      </Card>
      <Card title={t('transfers.ownership.request')}>
        <p>{t('transfers.ownership.request_text')}</p>
        <Actions>
          <LinkButton href={urls.requests.ownershipRequest.to({ serial })} icon="mail">
            {t('service.ownership.request')}
          </LinkButton>
        </Actions>
      </Card>
    </>
  )
}

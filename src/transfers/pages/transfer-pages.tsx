import type { Format, T } from '../../platform/i18n.ts'
import { Alert } from '../../ui/alert.tsx'
import { StatusBadge, type Tone } from '../../ui/badge.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DescriptionList } from '../../ui/description-list.tsx'
import { Actions, CheckboxField, Form, type FormState, TextArea, TextField } from '../../ui/form.tsx'
import { type Column, DataTable } from '../../ui/table.tsx'
import { Code, Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { Transfer, TransferLine } from '../queries.ts'
import { mayDo, offerDays, refusalOfStanding, type TransferState, undoDays } from '../rules.ts'

const tones: Record<TransferState, Tone> = {
  offered: 'info',
  accepted: 'success',
  declined: 'neutral',
  withdrawn: 'neutral',
  expired: 'neutral',
  undone: 'warning',
}

type Reading = { t: T; format: Format }

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

function State({ t, transfer, now }: { t: T; transfer: Transfer; now: Date }) {
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

type ShowProps = Reading & {
  transfer: Transfer
  lines: TransferLine[]
  side: 'from' | 'to'
  now: Date
  mayAct: boolean
  error: string | undefined
}

/** One transfer: what it means for the reader's side, and what can be done about it. */
export function TransferBody(props: ShowProps) {
  const { t, format, transfer, side, now, error } = props
  const { message, offered_by } = transfer
  const other = side === 'from' ? (transfer.to_name ?? transfer.to_email) : transfer.from_name
  return (
    <>
      {error && <Alert t={t} tone="danger" title={error} />}
      <Card>
        <DescriptionList
          items={[
            { label: t('transfers.column.state'), value: <State {...{ t, transfer, now }} /> },
            {
              label: t('transfers.column.who'),
              value: <Text>{t(side === 'from' ? 'transfers.to' : 'transfers.from', { other })}</Text>,
            },
            {
              label: t('transfers.column.when'),
              value: (
                <Text>
                  {offered_by
                    ? t('sharing.since', { when: format.moment(transfer.offered_at), name: offered_by })
                    : format.moment(transfer.offered_at)}
                </Text>
              ),
            },
            transfer.state === 'offered' && {
              label: t('transfers.expires'),
              value: format.moment(transfer.expires_at),
            },
            transfer.state === 'accepted' &&
              transfer.undo_until !== null && {
                label: t('transfers.undo_until'),
                value: format.moment(transfer.undo_until),
              },
            message !== '' && { label: t('transfers.offer.message'), value: <Text>{message}</Text> },
          ]}
        />
      </Card>
      <Lines {...props} />
      <Answers {...props} />
    </>
  )
}

function Lines({ t, format, transfer, lines, side }: ShowProps) {
  const open = transfer.state === 'offered'
  const taken = transfer.state === 'accepted' && side === 'to'
  // How a license stands now is shown while it is offered, and then to its owner alone.
  const owner = open || side === 'from' ? transfer.from_id : transfer.to_id
  const shown = lines.some(({ owner_id }) => owner_id !== owner) ? 2 : open ? undefined : -1
  const kept = (open || transfer.state !== 'accepted') && side === 'from'
  const columns: Column<TransferLine>[] = [
    {
      key: 'serial',
      head: t('transfers.column.serial'),
      main: true,
      cell: ({ serial, part }) => {
        // Whoever is offered a part learns the number of what is kept no more than that of any other license.
        if (part !== null && side === 'to' && !taken) return t('transfers.new_serial')
        return taken || kept ? (
          <a href={urls.licenses.show.to({ serial })}>
            <Code wrap>{serial}</Code>
          </a>
        ) : (
          <Code wrap>{serial}</Code>
        )
      },
    },
    { key: 'product', head: t('transfers.column.product'), cell: ({ product }) => <Text>{product}</Text> },
    {
      key: 'quantity',
      head: t('transfers.column.quantity'),
      align: 'end',
      cell: ({ part, quantity, moved_id }) =>
        part !== null && moved_id === null && side === 'from'
          ? t('transfers.part_of', { part: format.number(part), quantity: format.number(quantity) })
          : format.number(moved_id === null ? (part ?? quantity) : quantity),
    },
    { key: 'keys', head: t('transfers.column.keys'), align: 'end', cell: ({ keys }) => format.number(keys) },
    {
      key: 'standing',
      head: t('transfers.column.standing'),
      cell: (line) => {
        const refusal = open ? refusalOfStanding(line, line.part) : null
        return refusal ? t(`transfers.refused.${refusal}`) : t('transfers.standing.ok')
      },
    },
  ]
  return (
    <Card title={t('transfers.licenses')} flush>
      <DataTable
        t={t}
        caption={t('transfers.licenses')}
        rows={lines}
        columns={columns.slice(0, shown)}
        empty={{ title: t('ui.none') }}
      />
    </Card>
  )
}

function Answers({ t, transfer, side, now, mayAct, lines }: ShowProps) {
  const may = mayDo(transfer, side, now)
  if (!may.decide && !may.withdraw && !may.undo) return null
  if (!mayAct) return <Alert t={t} tone="info" title={t('transfers.manager')} />
  const { with_comments, with_fields } = transfer
  const stands = lines.some((line) => refusalOfStanding(line, line.part) !== null)
  return (
    <Card title={t(may.undo ? 'transfers.undo.title' : 'transfers.consequences')}>
      {may.undo && <p>{t('transfers.undo.text')}</p>}
      {may.decide && (
        <ul>
          <li>{t('transfers.accept.owner')}</li>
          <li>{t('transfers.accept.keys')}</li>
          <li>{t('transfers.accept.people')}</li>
          <li>{t(with_comments ? 'transfers.accept.comments' : 'transfers.accept.no_comments')}</li>
          <li>{t(with_fields ? 'transfers.accept.fields' : 'transfers.accept.no_fields')}</li>
          {lines.some(({ part }) => part !== null) && <li>{t('transfers.accept.part')}</li>}
          <li>{t('transfers.offer.undo', { days: undoDays })}</li>
        </ul>
      )}
      {may.withdraw && <p>{t('transfers.withdraw.text')}</p>}
      <Form t={t} form={{ values: {}, errors: {} }} action={urls.transfers.show.to({ transfer: transfer.id })} unmarked>
        <Actions>
          {may.decide && !stands && (
            <Button look="primary" name="do" value="accept">
              {t('transfers.accept')}
            </Button>
          )}
          {may.decide && (
            <Button name="do" value="decline">
              {t('transfers.decline')}
            </Button>
          )}
          {may.withdraw && (
            <Button look="danger" name="do" value="withdraw">
              {t('transfers.withdraw')}
            </Button>
          )}
          {may.undo && (
            <Button look="danger" name="do" value="undo">
              {t('transfers.undo')}
            </Button>
          )}
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

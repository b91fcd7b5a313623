import { Alert } from '../../ui/alert.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DescriptionList } from '../../ui/description-list.tsx'
import { Actions, Form } from '../../ui/form.tsx'
import { type Column, DataTable } from '../../ui/table.tsx'
import { Code, Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { Transfer, TransferLine } from '../queries.ts'
import { mayDo, refusalOfStanding, undoDays } from '../rules.ts'
import { type Reading, State } from './transfer-pages.tsx'

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

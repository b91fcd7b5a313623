import type { FormState } from '../../platform/http/form.ts'
import type { Format, T } from '../../platform/i18n.ts'
import { Alert } from '../../ui/alert.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { CopyCode } from '../../ui/copy-button.tsx'
import { Actions, FileField, Form, TextArea } from '../../ui/form.tsx'
import { DataTable } from '../../ui/table.tsx'
import { Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { OpenDraft } from '../queries.ts'
import { mostSerials } from '../schemas.ts'
import { DiscardButton, OpenDrafts } from './open-drafts.tsx'
import { OutcomeCell, type SerialRow } from './outcome.tsx'
import { Steps } from './steps.tsx'

export type SerialList = {
  draft_id: string
  /** The part of the list on this page. */
  rows: SerialRow[]
  ready: number
  refused: number
  only_refused: boolean
  moreHref: string | undefined
  /** Where Next leads: to what is still to be entered, or straight to the verification. */
  nextHref: string
}

type Props = {
  t: T
  format: Format
  form: FormState
  /** Undefined before anything was added. */
  list: SerialList | undefined
  open: OpenDraft[]
  /** Why the wizard came back here. */
  problem: string | undefined
  support_email: string
}

/** Step 1: serial numbers go in above, and stand below with what each turned out to be. */
export function SerialsPage(props: Props) {
  const { t, format, list, problem, open } = props
  return (
    <>
      <Steps t={t} draft_id={list?.draft_id ?? null} current="first" />
      {problem && <Alert t={t} tone="danger" title={problem} />}
      <AddForm {...props} />
      {list && <List {...props} list={list} />}
      <OpenDrafts t={t} format={format} purpose="purchase" open={open} />
    </>
  )
}

function AddForm({ t, form, format, list }: Props) {
  const action = list ? urls.registration.serials.to({ draft: list.draft_id }) : urls.registration.drafts.to()
  return (
    <Form t={t} form={form} action={action} multipart unmarked>
      <TextArea
        name="serials"
        label={t('registration.serials.field')}
        hint={t('registration.serials.hint', { max: format.number(mostSerials) })}
        rows={3}
        code
        autocomplete="off"
      />
      <FileField
        name="file"
        label={t('registration.serials.file')}
        hint={t('registration.serials.file_hint')}
        accept=".csv,.txt,.xlsx"
      />
      <Actions>
        <Button look={list && list.ready > 0 ? 'secondary' : 'primary'} icon="plus">
          {t('registration.serials.add')}
        </Button>
      </Actions>
    </Form>
  )
}

function List({ t, format, list, support_email }: Props & { list: SerialList }) {
  const { draft_id, rows, ready, refused } = list
  return (
    <Card
      title={t('registration.serials.list')}
      action={refused > 0 ? <OnlyRefused t={t} list={list} /> : undefined}
      flush
      foot={ready + refused > 0 ? <ListFoot t={t} list={list} /> : undefined}
    >
      <DataTable
        t={t}
        caption={t('registration.serials.list')}
        id="serials"
        rows={rows}
        moreHref={list.moreHref}
        empty={{ title: t('registration.serials.empty'), text: t('registration.serials.empty_text') }}
        columns={[
          {
            key: 'serial',
            head: t('registration.column.serial'),
            main: true,
            nowrap: true,
            cell: (row) => <CopyCode t={t} text={row.serial} name={t('registration.column.serial')} />,
          },
          {
            key: 'product',
            head: t('registration.column.product'),
            cell: (row) => (row.product ? <Text>{row.product}</Text> : '–'),
          },
          {
            key: 'quantity',
            head: t('registration.column.quantity'),
            align: 'end',
            cell: (row) => (row.quantity === null ? '–' : format.number(row.quantity)),
          },
          {
            key: 'outcome',
            head: t('registration.column.outcome'),
            cell: (row) => <OutcomeCell t={t} row={row} draft_id={draft_id} support_email={support_email} />,
          },
          {
            key: 'remove',
            head: t('registration.column.remove'),
            quietHead: true,
            cell: (row) => <RemoveButton t={t} draft_id={draft_id} serial={row.serial} />,
          },
        ]}
      />
    </Card>
  )
}

function OnlyRefused({ t, list }: { t: T; list: SerialList }) {
  const draft = list.draft_id
  return (
    <LinkButton small href={urls.registration.serials.to({ draft }, list.only_refused ? {} : { show: 'refused' })}>
      {t(list.only_refused ? 'registration.serials.show_all' : 'registration.serials.show_refused')}
    </LinkButton>
  )
}

function ListFoot({ t, list }: { t: T; list: SerialList }) {
  const { ready, refused, draft_id, nextHref } = list
  return (
    <>
      <p>{t('registration.serials.count', { ready, refused })}</p>
      <Actions>
        <LinkButton look={refused === 0 ? 'primary' : 'secondary'} href={nextHref} icon="arrow-right">
          {t('registration.next')}
        </LinkButton>
        {refused > 0 && (
          <form method="post" action={urls.registration.removeSerial.to({ draft: draft_id })}>
            <Button name="all_refused" value="on" icon="trash">
              {t('registration.serials.remove_refused')}
            </Button>
          </form>
        )}
        <DiscardButton t={t} purpose="purchase" id={draft_id} />
      </Actions>
    </>
  )
}

function RemoveButton({ t, draft_id, serial }: { t: T; draft_id: string; serial: string }) {
  return (
    <form method="post" action={urls.registration.removeSerial.to({ draft: draft_id })}>
      <Button
        look="quiet"
        small
        icon="x"
        name="serial"
        value={serial}
        label={t('registration.serials.remove_of', { serial })}
      >
        {t('ui.remove')}
      </Button>
    </form>
  )
}

import { type Day, dayOf } from '../../platform/actor.ts'
import type { FormState } from '../../platform/http/form.ts'
import type { Format, T } from '../../platform/i18n.ts'
import { Alert } from '../../ui/alert.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Actions, Form } from '../../ui/form.tsx'
import { type Column, DataTable } from '../../ui/table.tsx'
import { Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { DeletedField, FieldDefinition } from '../queries.ts'
import { daysKept, mostFields } from '../schemas.ts'
import { FieldFields } from './field-fields.tsx'

export type FieldsPageProps = {
  t: T
  format: Format
  time_zone: string
  fields: FieldDefinition[]
  deleted: DeletedField[]
  /** The field that was deleted a moment ago. */
  just_deleted: DeletedField | undefined
  form: FormState
  mayChange: boolean
}

/** My Account – User-Defined Fields. */
export function FieldsPage(props: FieldsPageProps) {
  const { t, fields, deleted, mayChange } = props
  const full = fields.length >= mostFields
  const refused = Object.keys(props.form.errors).length > 0
  return (
    <>
      <UndoNote {...props} />
      <Card
        flush
        foot={mayChange ? t('fields.list.count', { count: fields.length, max: mostFields }) : t('fields.list.viewer')}
      >
        <DataTable
          t={t}
          id="fields"
          caption={t('fields.list.caption')}
          columns={columnsOf(props)}
          rows={fields}
          empty={{
            icon: 'pencil',
            title: t('fields.list.empty.title'),
            text: t(mayChange ? 'fields.list.empty.text' : 'fields.list.empty.viewer'),
          }}
        />
      </Card>
      {mayChange && (
        <Card title={t('fields.add.title')} id="add">
          {full && !refused ? <p class="m-0">{t('fields.add.full', { max: mostFields })}</p> : <AddForm {...props} />}
        </Card>
      )}
      {mayChange && deleted.length > 0 && <DeletedCard {...props} />}
    </>
  )
}

function AddForm({ t, form }: FieldsPageProps) {
  return (
    <Form t={t} form={form} action={urls.fields.list.to()}>
      <FieldFields t={t} />
      <Actions>
        <Button look="primary" icon="plus">
          {t('fields.add.submit')}
        </Button>
      </Actions>
    </Form>
  )
}

function UndoNote({ t, just_deleted: field }: FieldsPageProps) {
  if (!field) return null
  return (
    <Alert t={t} tone="success" title={t('fields.deleted', { name: field.name })}>
      <form method="post" action={urls.fields.restore.to({ field: field.id })} class="kp-inline-form">
        {t('fields.undo.text', { days: daysKept })}{' '}
        <Button small icon="refresh">
          {t('fields.undo')}
        </Button>
      </form>
    </Alert>
  )
}

function columnsOf(props: FieldsPageProps): Column<FieldDefinition>[] {
  const { t, mayChange } = props
  const columns: Column<FieldDefinition>[] = [
    { key: 'name', head: t('fields.column.name'), main: true, cell: ({ name }) => <Text>{name}</Text> },
    { key: 'type', head: t('fields.column.type'), cell: (field) => <TypeCell t={t} field={field} /> },
    {
      key: 'flags',
      head: t('fields.column.flags'),
      cell: ({ flags }) => flags.map((flag) => t(`fields.flag.${flag}`)).join(' · '),
    },
  ]
  if (!mayChange) return columns
  return [
    ...columns,
    {
      key: 'order',
      head: t('fields.column.order'),
      nowrap: true,
      cell: (field) => <MoveCell {...props} field={field} />,
    },
    {
      key: 'actions',
      head: t('fields.column.actions'),
      quietHead: true,
      nowrap: true,
      align: 'end',
      cell: (field) => <ActionsCell t={t} field={field} />,
    },
  ]
}

const choicesShown = 5

function TypeCell({ t, field: { type, choices } }: { t: T; field: FieldDefinition }) {
  if (type !== 'choice') return <>{t(`fields.type.${type}`)}</>
  const shown = choices.slice(0, choicesShown).join(', ')
  const list = choices.length > choicesShown ? `${shown}, …` : shown
  return (
    <>
      {t('fields.type.choice')}
      <div class="kp-status-date">
        <Text>{t('fields.choices_of', { count: choices.length, choices: list })}</Text>
      </div>
    </>
  )
}

/** The first has no way up, the last none down; the other button stays where it was, for the next press. */
function MoveCell({ t, fields, field }: FieldsPageProps & { field: FieldDefinition }) {
  const place = fields.indexOf(field)
  return (
    <form method="post" action={urls.fields.move.to({ field: field.id })} class="kp-move" id={`move-${field.id}`}>
      {place > 0 && (
        <Button small look="quiet" icon="arrow-up" name="direction" value="up" label={t('fields.move_up', field)}>
          {null}
        </Button>
      )}
      {place < fields.length - 1 && (
        <Button small look="quiet" icon="arrow-down" name="direction" value="down" label={t('fields.move_down', field)}>
          {null}
        </Button>
      )}
    </form>
  )
}

function ActionsCell({ t, field: { id, name } }: { t: T; field: FieldDefinition }) {
  return (
    <>
      <LinkButton small icon="pencil" href={urls.fields.edit.to({ field: id })} label={t('fields.edit_of', { name })}>
        {t('fields.edit')}
      </LinkButton>{' '}
      <LinkButton
        small
        look="quiet"
        icon="trash"
        href={urls.fields.delete.to({ field: id })}
        label={t('fields.delete_of', { name })}
      >
        {t('fields.delete')}
      </LinkButton>
    </>
  )
}

function DeletedCard({ t, format, time_zone, deleted }: FieldsPageProps) {
  const columns: Column<DeletedField>[] = [
    { key: 'name', head: t('fields.column.name'), main: true, cell: ({ name }) => <Text>{name}</Text> },
    { key: 'when', head: t('fields.deleted.when'), cell: ({ deleted_at }) => format.moment(deleted_at) },
    {
      key: 'until',
      head: t('fields.deleted.until'),
      cell: ({ deleted_at }) => format.day(lastDay(deleted_at, time_zone)),
    },
    {
      key: 'actions',
      head: t('fields.column.actions'),
      quietHead: true,
      align: 'end',
      cell: ({ id, name }) => (
        <form method="post" action={urls.fields.restore.to({ field: id })}>
          <Button small icon="refresh" label={t('fields.restore_of', { name })}>
            {t('fields.restore')}
          </Button>
        </form>
      ),
    },
  ]
  return (
    <Card title={t('fields.deleted.title')} flush>
      <DataTable
        t={t}
        id="deleted-fields"
        caption={t('fields.deleted.caption')}
        columns={columns}
        rows={deleted}
        empty={{ title: t('ui.none') }}
      />
    </Card>
  )
}

function lastDay(deleted_at: Date, time_zone: string): Day {
  return dayOf(new Date(deleted_at.getTime() + daysKept * 86_400_000), time_zone)
}

import type { Format, T } from '../../platform/i18n.ts'
import { StatusBadge, type Tone } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Actions, FileField, Form, type FormState, TextArea } from '../../ui/form.tsx'
import { type Column, DataTable } from '../../ui/table.tsx'
import { Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import { actionNamed } from '../actions.ts'
import type { ListedBulk, State } from '../queries.ts'
import { mostLines } from '../read-list.ts'

type Props = { t: T; format: Format; form: FormState; bulks: ListedBulk[]; moreHref: string | undefined }

/** A new list, and what the organization did before. */
export function StartPage({ t, format, form, bulks, moreHref }: Props) {
  return (
    <>
      <Card title={t('bulk.start.title')}>
        <Form t={t} form={form} action={urls.bulk.start.to()} multipart unmarked label={t('bulk.start.title')}>
          <FileField
            name="file"
            label={t('bulk.start.file')}
            hint={t('bulk.start.file.hint', { max: format.number(mostLines) })}
            accept=".csv,.txt,.xlsx,text/csv,text/plain"
          />
          <TextArea name="serials" label={t('bulk.start.serials')} rows={5} code />
          <Actions>
            <Button look="primary" icon="arrow-right">
              {t('bulk.start.next')}
            </Button>
          </Actions>
        </Form>
      </Card>
      <Card title={t('bulk.list.title')} flush>
        <DataTable
          t={t}
          id="bulks"
          caption={t('bulk.list.title')}
          columns={columnsOf(t, format)}
          rows={bulks}
          moreHref={moreHref}
          empty={{ title: t('bulk.list.empty'), text: t('bulk.list.empty.text') }}
        />
      </Card>
    </>
  )
}

const tones: Record<State, Tone> = {
  new: 'neutral',
  checking: 'info',
  checked: 'info',
  running: 'info',
  done: 'success',
  cancelled: 'warning',
}

function columnsOf(t: T, format: Format): Column<ListedBulk>[] {
  return [
    {
      key: 'action',
      head: t('bulk.column.action'),
      main: true,
      cell: ({ id, action }) => (
        <a href={urls.bulk.show.to({ bulk: id })}>{action ? t(actionNamed(action).title) : t('bulk.title.choose')}</a>
      ),
    },
    {
      key: 'state',
      head: t('bulk.column.state'),
      cell: ({ state }) => <StatusBadge tone={tones[state]} text={t(`bulk.state.${state}`)} />,
    },
    { key: 'total', head: t('bulk.column.licenses'), align: 'end', cell: ({ total }) => format.number(total) },
    {
      key: 'done',
      head: t('bulk.column.done'),
      align: 'end',
      cell: ({ state, accepted }) => (state === 'done' || state === 'cancelled' ? format.number(accepted) : '–'),
    },
    { key: 'by', head: t('bulk.column.by'), cell: ({ user_name }) => <Text>{user_name}</Text> },
    { key: 'at', head: t('bulk.column.at'), nowrap: true, cell: ({ created_at }) => format.moment(created_at) },
  ]
}

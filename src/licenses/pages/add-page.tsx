import type { FormState } from '../../platform/http/form.ts'
import type { Format, T } from '../../platform/i18n.ts'
import { StatusBadge, type Tone } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Actions, Form, TextArea } from '../../ui/form.tsx'
import { DataTable } from '../../ui/table.tsx'
import { Code, Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import { type AddOutcome, type Bookmark, mostTyped, type TypedSerial } from '../add-license-information.ts'

type Props = {
  t: T
  format: Format
  form: FormState
  /** What became of the serial numbers typed last. */
  typed: TypedSerial[]
  /** Serial numbers that the reader may see, like unknown ones. */
  suggestions: ReadonlyMap<string, string>
  bookmarks: Bookmark[]
  support_email: string
}

/** Add License Information: serial numbers go in above, and stand below with what is known of each. */
export function AddBody(props: Props) {
  const { t, form, format, typed } = props
  return (
    <>
      <Form t={t} form={form} action={urls.licenses.add.to()} unmarked>
        <TextArea
          name="serials"
          label={t('catalog.add.field')}
          hint={t('catalog.add.hint', { max: format.number(mostTyped) })}
          rows={3}
          code
          autocomplete="off"
        />
        <Actions>
          <Button look="primary" icon="plus">
            {t('catalog.add.submit')}
          </Button>
        </Actions>
      </Form>
      {typed.length > 0 && <Outcomes {...props} />}
      <Bookmarks {...props} />
    </>
  )
}

const tones: Record<AddOutcome, Tone> = {
  added: 'success',
  known: 'success',
  own: 'neutral',
  elsewhere: 'warning',
  not_found: 'danger',
}

function Outcomes({ t, typed, suggestions, support_email }: Props) {
  return (
    <Card title={t('catalog.add.outcomes')} flush>
      <DataTable
        t={t}
        id="outcomes"
        caption={t('catalog.add.outcomes')}
        rows={typed}
        empty={{ title: t('ui.none') }}
        columns={[
          {
            key: 'serial',
            head: t('licenses.column.serial'),
            main: true,
            nowrap: true,
            cell: ({ serial, outcome }) => <Serial serial={serial} linked={isVisible(outcome)} />,
          },
          {
            key: 'outcome',
            head: t('catalog.add.column.state'),
            cell: ({ serial, outcome }) => (
              <>
                <StatusBadge tone={tones[outcome]} text={t(`catalog.add.outcome.${outcome}`)} />
                <p class="form-hint">
                  {outcome === 'elsewhere'
                    ? t('catalog.add.outcome.elsewhere.text', { email: support_email })
                    : t(`catalog.add.outcome.${outcome}.text`)}{' '}
                  {suggestions.has(serial) && t('catalog.add.outcome.suggestion', { serial: suggestions.get(serial)! })}
                </p>
              </>
            ),
          },
        ]}
      />
    </Card>
  )
}

function isVisible(outcome: AddOutcome): boolean {
  return outcome !== 'elsewhere' && outcome !== 'not_found'
}

function Serial({ serial, linked }: { serial: string; linked: boolean }) {
  if (!linked) return <Code>{serial}</Code>
  return (
    <a href={urls.licenses.show.to({ serial })}>
      <Code>{serial}</Code>
    </a>
  )
}

function Bookmarks({ t, format, bookmarks, support_email }: Props) {
  return (
    <Card title={t('catalog.add.list')} flush>
      <DataTable
        t={t}
        id="bookmarks"
        caption={t('catalog.add.list')}
        rows={bookmarks}
        empty={{ icon: 'license', title: t('catalog.add.empty'), text: t('catalog.add.empty.text') }}
        columns={[
          {
            key: 'serial',
            head: t('licenses.column.serial'),
            main: true,
            nowrap: true,
            cell: ({ serial, elsewhere }) => <Serial serial={serial} linked={!elsewhere} />,
          },
          {
            key: 'product',
            head: t('licenses.column.product'),
            cell: ({ product_name, version }) => product_name && <Text>{`${product_name} ${version}`}</Text>,
          },
          { key: 'state', head: t('catalog.add.column.state'), cell: (row) => stateOf(t, row, support_email) },
          { key: 'added', head: t('catalog.add.column.added'), cell: ({ created_at }) => format.moment(created_at) },
          {
            key: 'actions',
            head: t('ui.actions'),
            quietHead: true,
            cell: (row) => <BookmarkActions t={t} row={row} />,
          },
        ]}
      />
    </Card>
  )
}

function stateOf(t: T, { elsewhere }: Bookmark, email: string) {
  return (
    <>
      <StatusBadge
        tone={elsewhere ? 'warning' : 'neutral'}
        text={t(elsewhere ? 'catalog.add.outcome.elsewhere' : 'catalog.add.waiting')}
      />
      <p class="form-hint">
        {elsewhere ? t('catalog.add.outcome.elsewhere.text', { email }) : t('catalog.add.waiting.text')}
      </p>
    </>
  )
}

function BookmarkActions({ t, row: { serial, elsewhere } }: { t: T; row: Bookmark }) {
  return (
    <div class="kp-row-actions">
      {!elsewhere && (
        <form method="post" action={urls.registration.drafts.to()}>
          <Button small icon="key" name="serials" value={serial}>
            {t('catalog.add.register')}
          </Button>
        </form>
      )}
      <form method="post" action={urls.licenses.removeAdded.to()}>
        <Button look="quiet" small icon="x" name="serial" value={serial} label={t('catalog.add.remove_of', { serial })}>
          {t('ui.remove')}
        </Button>
      </form>
    </div>
  )
}

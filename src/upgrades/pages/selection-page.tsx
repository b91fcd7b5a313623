import type { FormState } from '../../platform/http/form.ts'
import type { Format, T } from '../../platform/i18n.ts'
import { UpgradeSteps } from '../../registration/index.ts'
import { Alert } from '../../ui/alert.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Actions, Form, TextField } from '../../ui/form.tsx'
import { type Column, DataTable, FilterBar } from '../../ui/table.tsx'
import { Code, Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { Candidate, Chosen, UpgradeDraft } from '../selection.ts'
import { refusalText } from '../texts.ts'

type Props = {
  t: T
  format: Format
  /** What was typed and refused; empty when the page shows what is stored. */
  form: FormState
  draft: UpgradeDraft
  released_on: string
  candidates: Candidate[]
  chosen: Chosen
  search: string
  moreHref: string | undefined
  /** Why the wizard came back here, or why nothing can be upgraded. */
  problem: string | undefined
}

const formId = 'selection'

/** Upgrade License Selection: which licenses, and how much of each. */
export function SelectionPage(props: Props) {
  const { t, draft, problem, chosen, format, search } = props
  const names = { draft: draft.id }
  const { count, quantity } = { count: chosen.licenses, quantity: format.number(chosen.quantity) }
  return (
    <>
      <UpgradeSteps
        t={t}
        current={2}
        productsHref={urls.upgrades.products.to({ notification: draft.notification.id })}
      />
      {problem && <Alert t={t} tone="danger" title={problem} />}
      <FilterBar
        t={t}
        form={{ values: { search }, errors: {} }}
        action={urls.upgrades.selection.to(names)}
        label={t('upgrades.selection.search')}
      >
        <TextField
          name="search"
          type="search"
          label={t('upgrades.selection.search')}
          autocomplete="off"
          maxlength={100}
          after={<Button icon="search">{t('upgrades.selection.show')}</Button>}
        />
      </FilterBar>
      <Form t={t} form={props.form} action={urls.upgrades.selection.to(names)} id={formId} unmarked>
        <input type="hidden" name="search" value={search} />
        {/* Enter in a field presses the form's first button: that must be Upgrade, not a smaller one. */}
        <button type="submit" class="visually-hidden" tabindex={-1}>
          {t('upgrades.selection.next')}
        </button>
        <p id="chosen">{t('upgrades.selection.chosen', { count, quantity })}</p>
        <Card title={t('upgrades.selection.licenses')} flush>
          <DataTable
            t={t}
            caption={t('upgrades.selection.licenses')}
            rows={props.candidates}
            moreHref={props.moreHref}
            select={{
              name: 'license',
              form: formId,
              value: ({ license_id }) => license_id,
              label: ({ serial }) => serial,
              chosen: checkedIn(props),
            }}
            empty={
              search
                ? { title: t('upgrades.selection.not_found') }
                : { title: t('upgrades.selection.none'), text: t('upgrades.selection.none.text') }
            }
            columns={columnsOf(props)}
          />
        </Card>
        <Actions>
          <Button look="primary" icon="arrow-right" name="action" value="next">
            {t('upgrades.selection.next')}
          </Button>
          <Button name="action" value="all">
            {t(search ? 'upgrades.selection.all_found' : 'upgrades.selection.all')}
          </Button>
          <Button name="action" value="none">
            {t('upgrades.selection.nothing')}
          </Button>
          <Button name="action" value="keep">
            {t('upgrades.selection.keep')}
          </Button>
          <LinkButton href={urls.upgrades.products.to({ notification: draft.notification.id })}>
            {t('ui.back')}
          </LinkButton>
        </Actions>
      </Form>
    </>
  )
}

/** As it was sent, when that was refused; else as it is stored. */
function checkedIn({ form, candidates }: Props): ReadonlySet<string> {
  if (Object.keys(form.errors).length > 0) return new Set([form.values.license ?? []].flat())
  return new Set(candidates.flatMap(({ license_id, selected }) => (selected === null ? [] : license_id)))
}

function columnsOf({ t, format, released_on }: Props): Column<Candidate>[] {
  return [
    {
      key: 'serial',
      head: t('upgrades.selection.serial'),
      main: true,
      nowrap: true,
      cell: ({ serial, license_id }) => (
        <>
          <Code>{serial}</Code>
          <input type="hidden" name="shown" value={license_id} />
        </>
      ),
    },
    {
      key: 'quantity',
      head: t('upgrades.selection.quantity'),
      cell: (row) => (
        <TextField
          quiet
          name={`quantity.${row.license_id}`}
          label={t('upgrades.selection.quantity_of', { serial: row.serial })}
          value={String(row.selected ?? row.left)}
          inputmode="numeric"
          autocomplete="off"
          maxlength={10}
          width="short"
          after={<span class="text-nowrap">{t('upgrades.selection.of', { quantity: format.number(row.left) })}</span>}
        />
      ),
    },
    {
      key: 'owner',
      head: t('upgrades.selection.owner'),
      cell: ({ owned, registered_to, refusal, ...row }) => (
        <>
          {owned ? <Text>{registered_to ?? ''}</Text> : t('upgrades.selection.unowned')}
          {refusal && (
            <p class="kp-field-error">
              {refusalText({ t, format }, refusal, { ...row, starts_on: null, released_on })}
            </p>
          )}
        </>
      ),
    },
    {
      key: 'hosts',
      head: t('upgrades.selection.hosts'),
      cell: ({ hosts }) =>
        hosts.length > 0 ? (
          <Code wrap>{[...hosts.slice(0, 3), ...(hosts.length > 3 ? ['…'] : [])].join(', ')}</Code>
        ) : (
          '–'
        ),
    },
    {
      key: 'maintenance',
      head: t('upgrades.selection.maintenance'),
      nowrap: true,
      cell: ({ maintenance_until: day }) => (day ? format.shortDay(day) : '–'),
    },
  ]
}

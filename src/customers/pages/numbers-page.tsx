import type { Format, T } from '../../platform/i18n.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Actions, FieldRow, Form, type FormState, TextArea, TextField } from '../../ui/form.tsx'
import { Grid } from '../../ui/grid.tsx'
import { DataTable } from '../../ui/table.tsx'
import { Code, Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import { type AssociatedNumber, type listNumbers, mostCounted } from '../queries.ts'
import { longestExplanation, longestNumber } from '../schemas.ts'

/** A customer number of another organization, and how far its licenses may be used. */
export type SharedNumber = {
  number: string
  name: string
  organization: string
  delegated: boolean
  level: 'view' | 'download' | 'full'
}

type Props = {
  t: T
  format: Format
  page: Awaited<ReturnType<typeof listNumbers>>
  /** Of other organizations. */
  shared: SharedNumber[]
  vendor: string
  /** Whether the reader may associate and remove. */
  mayManage: boolean
  associate: FormState
  claim: FormState
}

/** Customer Numbers: what the organization is at the vendor, how that was proven, and how to get more. */
export function NumbersBody(props: Props) {
  const { t, page, mayManage } = props
  return (
    <>
      <Card flush foot={!mayManage && t('customers.numbers.viewer')}>
        <DataTable
          t={t}
          caption={t('customers.numbers.title')}
          rows={page.numbers}
          moreHref={page.after && urls.customers.numbers.to({ after: page.after })}
          empty={{ title: t('customers.numbers.empty'), text: t('customers.numbers.empty_text') }}
          columns={columnsOf(props)}
        />
      </Card>
      <Shared {...props} />
      {mayManage && (
        <Grid>
          <Associate {...props} />
          <Claim {...props} />
        </Grid>
      )}
    </>
  )
}

function Shared({ t, shared }: Props) {
  if (shared.length === 0) return null
  return (
    <Card title={t('sharing.numbers.title')} flush>
      <DataTable<SharedNumber>
        t={t}
        caption={t('sharing.numbers.title')}
        id="shared"
        rows={shared}
        empty={{ title: t('ui.none') }}
        columns={[
          { key: 'number', head: t('customers.number'), main: true, cell: ({ number }) => <Code wrap>{number}</Code> },
          { key: 'customer', head: t('customers.customer'), cell: ({ name }) => <Text>{name}</Text> },
          {
            key: 'by',
            head: t('sharing.with_me.organization'),
            cell: ({ organization, delegated, level }) => {
              const words = { organization, level: t(`licenses.level.${level}`) }
              return <Text>{t(delegated ? 'sharing.numbers.delegated' : 'sharing.numbers.by', words)}</Text>
            },
          },
        ]}
      />
    </Card>
  )
}

function columnsOf({
  t,
  format,
  vendor,
  mayManage,
}: Props): Parameters<typeof DataTable<AssociatedNumber>>[0]['columns'] {
  const count = (value: number) =>
    value > mostCounted ? t('customers.more_than', { count: mostCounted }) : format.number(value)
  return [
    {
      key: 'number',
      head: t('customers.number'),
      main: true,
      nowrap: true,
      cell: ({ number }) => <Code wrap>{number}</Code>,
    },
    {
      key: 'customer',
      head: t('customers.customer'),
      cell: ({ name, country }) => (
        <>
          <Text>{name}</Text>
          <div>{format.country(country)}</div>
        </>
      ),
    },
    {
      key: 'proof',
      head: t('customers.proof'),
      cell: ({ proven_by, proof, since, by }) => (
        <>
          {t(`customers.proven.${proven_by}`)} <Code wrap>{proof}</Code>
          <div>{t('customers.since', { when: format.moment(since), name: by ?? vendor })}</div>
        </>
      ),
    },
    {
      key: 'owned',
      head: t('customers.owned'),
      align: 'end',
      cell: ({ number, owned }) =>
        owned > 0 ? <a href={urls.licenses.catalog.to({ q: number })}>{count(owned)}</a> : count(owned),
    },
    {
      key: 'unregistered',
      head: t('customers.unregistered'),
      align: 'end',
      cell: ({ unregistered }) => count(unregistered),
    },
    ...(mayManage ? [removeColumn(t)] : []),
  ]
}

function removeColumn(t: T) {
  return {
    key: 'remove',
    head: t('ui.actions'),
    quietHead: true,
    cell: ({ number }: AssociatedNumber) => (
      <LinkButton
        small
        icon="trash"
        href={urls.customers.remove.to({ customer: number })}
        label={t('customers.remove.title', { number })}
      >
        {t('customers.remove.open')}
      </LinkButton>
    ),
  }
}

function Associate({ t, associate }: Props) {
  return (
    <Card title={t('customers.associate.title')}>
      <p>{t('customers.associate.text')}</p>
      <Form t={t} form={associate} action={urls.customers.numbers.to()} unmarked>
        <FieldRow>
          <TextField
            name="number"
            label={t('customers.number')}
            maxlength={longestNumber}
            autocomplete="off"
            code
            required
          />
          <TextField
            name="proof"
            label={t('customers.associate.proof')}
            maxlength={longestNumber}
            autocomplete="off"
            code
            required
          />
        </FieldRow>
        <Actions>
          <Button look="primary">{t('customers.associate.submit')}</Button>
        </Actions>
      </Form>
    </Card>
  )
}

function Claim({ t, claim, vendor }: Props) {
  return (
    <Card title={t('customers.claim.title')} id="claim">
      <p>{t('customers.claim.text', { vendor })}</p>
      <Form t={t} form={claim} action={urls.customers.claim.to()} unmarked>
        <TextField
          name="claimed_number"
          label={t('customers.number')}
          maxlength={longestNumber}
          autocomplete="off"
          width="medium"
          code
          required
        />
        <TextArea
          name="explanation"
          label={t('customers.claim.explanation')}
          hint={t('customers.claim.explanation_hint')}
          maxlength={longestExplanation}
          required
        />
        <Actions>
          <Button>{t('customers.claim.submit')}</Button>
        </Actions>
      </Form>
    </Card>
  )
}

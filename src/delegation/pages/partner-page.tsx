import { countedAtMost } from '../../licenses/index.ts'
import type { Format, T } from '../../platform/i18n.ts'
import { LevelField } from '../../sharing/index.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Actions, Form, type FormState, TextArea, TextField } from '../../ui/form.tsx'
import { type Column, DataTable, EmptyState } from '../../ui/table.tsx'
import { Code, Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { Asked, Customer, ToHandOver } from '../queries.ts'

type Reading = { t: T; format: Format }
type Props = Reading & {
  customers: Customer[]
  asked: Asked[]
  /** The customer that this session acts for. */
  acting: string | undefined
  mayAsk: boolean
}

/** My Customers: all that delegated to the organization, and what needs attention. */
export function CustomersBody(props: Props) {
  const { t, customers, asked } = props
  return (
    <>
      <Card flush>
        <DataTable
          t={t}
          caption={t('partner.title')}
          rows={customers}
          columns={columnsOf(props)}
          empty={{ title: t('partner.empty'), text: t('partner.empty_text'), icon: 'users' }}
        />
      </Card>
      {asked.length > 0 && <AskedCard {...props} />}
    </>
  )
}

function columnsOf({ t, format, acting, mayAsk }: Props): Column<Customer>[] {
  const count = (value: number) =>
    value > countedAtMost ? t('sharing.with_me.more', { count: countedAtMost }) : format.number(value)
  return [
    {
      key: 'customer',
      head: t('partner.customer'),
      main: true,
      cell: ({ organization, owner_id }) => (
        <a href={urls.licenses.catalog.to({ source: 'delegated', owner: owner_id })}>
          <Text>{organization}</Text>
        </a>
      ),
    },
    {
      key: 'level',
      head: t('sharing.level'),
      cell: ({ level, ends_on }) => (
        <>
          {t(`sharing.level.${level}`)}
          {ends_on && <div>{t('partner.until', { day: format.shortDay(ends_on) })}</div>}
        </>
      ),
    },
    { key: 'licenses', head: t('partner.licenses'), align: 'end', cell: ({ licenses }) => count(licenses) },
    { key: 'ending', head: t('partner.ending'), align: 'end', cell: ({ ending }) => count(ending) },
    {
      key: 'keys',
      head: t('partner.to_hand_over'),
      align: 'end',
      cell: ({ owner_id, to_hand_over }) =>
        to_hand_over > 0 ? (
          <a href={urls.partner.handOver.to({ owner: owner_id })}>{count(to_hand_over)}</a>
        ) : (
          count(to_hand_over)
        ),
    },
    {
      key: 'handed',
      head: t('partner.handed'),
      cell: ({ handed_at }) => (handed_at ? format.moment(handed_at) : '–'),
    },
    {
      key: 'act',
      head: t('ui.actions'),
      quietHead: true,
      cell: (customer) => (
        <div class="kp-actions">
          <ActButton {...{ t, customer }} active={acting === customer.owner_id} />
          <LinkButton
            small
            href={urls.partner.handOver.to({ owner: customer.owner_id })}
            label={t('partner.hand_over_of', { customer: customer.organization })}
          >
            {t('delegation.hand_over')}
          </LinkButton>
          {mayAsk && (
            <LinkButton
              small
              look="quiet"
              href={urls.delegation.end.to({ delegation: customer.delegation_id })}
              label={t('partner.give_back_of', { customer: customer.organization })}
            >
              {t('partner.give_back')}
            </LinkButton>
          )}
        </div>
      ),
    },
  ]
}

function ActButton({ t, customer, active }: { t: T; customer: Customer; active: boolean }) {
  const { owner_id, organization } = customer
  if (active) return <span class="kp-note">{t('partner.acting')}</span>
  return (
    <form action={urls.partner.act.to()} method="post">
      <input type="hidden" name="customer" value={owner_id} />
      <Button small label={t('partner.act_of', { customer: organization })}>
        {t('partner.act')}
      </Button>
    </form>
  )
}

function AskedCard({ t, format, asked, mayAsk }: Props) {
  return (
    <Card title={t('partner.asked')} flush>
      <DataTable<Asked>
        t={t}
        caption={t('partner.asked')}
        id="asked"
        rows={asked}
        empty={{ title: t('ui.none') }}
        columns={[
          { key: 'email', head: t('sharing.user_name'), main: true, cell: ({ email }) => <Text>{email}</Text> },
          { key: 'level', head: t('sharing.level'), cell: ({ level }) => t(`sharing.level.${level}`) },
          { key: 'when', head: t('partner.asked_at'), cell: ({ asked_at }) => format.moment(asked_at) },
          {
            key: 'withdraw',
            head: t('ui.actions'),
            quietHead: true,
            cell: ({ id, email }) =>
              mayAsk && (
                <form action={urls.partner.withdraw.to({ asked: id })} method="post">
                  <Button small label={t('partner.withdraw_of', { email })}>
                    {t('partner.withdraw')}
                  </Button>
                </form>
              ),
          },
        ]}
      />
    </Card>
  )
}

/** Invite Customer: asks for a delegation, of somebody with or without an account. */
export function AskBody({ t, form }: { t: T; form: FormState }) {
  return (
    <Card>
      <p>{t('partner.invite.lead')}</p>
      <Form t={t} form={form} action={urls.partner.invite.to()}>
        <TextField
          name="email"
          type="email"
          label={t('partner.invite.user_name')}
          hint={t('partner.invite.hint')}
          autocomplete="off"
          maxlength={254}
          required
        />
        <LevelField t={t} />
        <TextArea name="message" label={t('delegation.message')} maxlength={2000} rows={3} />
        <Actions>
          <Button look="primary" icon="mail">
            {t('partner.invite.submit')}
          </Button>
          <LinkButton href={urls.partner.customers.to()}>{t('sharing.cancel')}</LinkButton>
        </Actions>
      </Form>
    </Card>
  )
}

type HandOverProps = Reading & { form: FormState; owner: string; licenses: ToHandOver[]; to_email: string }

/** Hand Over Keys: which, and to whom. */
export function HandOverBody({ t, format, form, owner, licenses, to_email }: HandOverProps) {
  if (licenses.length === 0) {
    return (
      <Card>
        <EmptyState title={t('delegation.hand_over.none')} text={t('delegation.hand_over.none_text')} icon="key" />
      </Card>
    )
  }
  return (
    <Card flush>
      <DataTable<ToHandOver>
        t={t}
        caption={t('delegation.hand_over')}
        rows={licenses}
        empty={{ title: t('ui.none') }}
        select={{
          name: 'license',
          form: 'hand-over',
          value: ({ serial }) => serial,
          label: ({ serial }) => t('delegation.hand_over.select', { serial }),
          chosen: new Set(form.values.license ? [form.values.license].flat() : licenses.map(({ serial }) => serial)),
        }}
        columns={[
          {
            key: 'serial',
            head: t('transfers.column.serial'),
            main: true,
            cell: ({ serial }) => (
              <a href={urls.licenses.show.to({ serial })}>
                <Code wrap>{serial}</Code>
              </a>
            ),
          },
          { key: 'product', head: t('transfers.column.product'), cell: ({ product }) => <Text>{product}</Text> },
          { key: 'keys', head: t('transfers.column.keys'), align: 'end', cell: ({ keys }) => format.number(keys) },
          { key: 'newest', head: t('delegation.hand_over.newest'), cell: ({ newest }) => format.moment(newest) },
        ]}
      />
      <div class="kp-card-body">
        <Form t={t} form={form} id="hand-over" action={urls.partner.handOver.to({ owner })} unmarked>
          <TextField
            name="to_email"
            type="email"
            label={t('delegation.hand_over.to')}
            hint={t('delegation.hand_over.hint')}
            value={to_email}
            maxlength={254}
            autocomplete="off"
            required
          />
          <Actions>
            <Button look="primary" icon="mail">
              {t('delegation.hand_over')}
            </Button>
          </Actions>
        </Form>
      </div>
    </Card>
  )
}

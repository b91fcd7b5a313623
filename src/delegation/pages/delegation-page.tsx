import type { Format, T } from '../../platform/i18n.ts'
import { grantColumns, LevelField, NumbersField, numbersText } from '../../sharing/index.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Actions, Form, type FormState, TextField } from '../../ui/form.tsx'
import { type Column, DataTable } from '../../ui/table.tsx'
import { Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { Asking, Delegation } from '../queries.ts'

type Reading = { t: T; format: Format }
type ListProps = Reading & { delegations: Delegation[]; asking: Asking[]; mayDelegate: boolean }

/** My Account – Channel Partners: who acts for the organization, and who asks to. */
export function DelegationBody(props: ListProps) {
  const { t, asking, delegations, mayDelegate } = props
  return (
    <>
      {asking.map((one) => (
        <AskingCard {...props} one={one} />
      ))}
      <Card
        title={t('delegation.list')}
        flush
        action={
          mayDelegate && (
            <LinkButton small icon="plus" href={urls.delegation.create.to()}>
              {t('delegation.new')}
            </LinkButton>
          )
        }
        foot={
          <>
            {!mayDelegate && `${t('delegation.administrators')} `}
            <a href={urls.partner.customers.to()}>{t('partner.title')}</a>
          </>
        }
      >
        <DataTable
          t={t}
          caption={t('delegation.list')}
          rows={delegations}
          columns={columnsOf(props)}
          empty={{ title: t('delegation.empty'), text: t('delegation.empty_text'), icon: 'users' }}
        />
      </Card>
    </>
  )
}

function AskingCard({ t, format, one, mayDelegate }: ListProps & { one: Asking }) {
  const { id, name, email, organization, level, message, asked_at } = one
  return (
    <Card title={t('delegation.asking.title', { organization })}>
      <p>
        <Text>
          {t('delegation.asking.text', { name: name ?? email, email, organization, when: format.moment(asked_at) })}
        </Text>{' '}
        {t(`sharing.level.${level}`)}
      </p>
      {message && (
        <p>
          <Text>{message}</Text>
        </p>
      )}
      {mayDelegate && (
        <Form t={t} form={{ values: {}, errors: {} }} action={urls.delegation.refuse.to({ asking: id })} unmarked>
          <Actions>
            <LinkButton look="primary" href={urls.delegation.create.to({ asking: id })}>
              {t('delegation.asking.see')}
            </LinkButton>
            <Button>{t('delegation.asking.refuse')}</Button>
          </Actions>
        </Form>
      )}
    </Card>
  )
}

function columnsOf({ t, format, mayDelegate }: ListProps): Column<Delegation>[] {
  return grantColumns<Delegation>(
    { t, format },
    {
      who: t('delegation.partner'),
      never: t('delegation.ends_never'),
      what: numbersText,
      end: mayDelegate
        ? {
            href: (delegation) => urls.delegation.end.to({ delegation }),
            text: t('delegation.end'),
            label: (email) => t('delegation.end_of', { email }),
          }
        : undefined,
    },
  )
}

type ConsentProps = {
  t: T
  form: FormState
  today: string
  numbers: Parameters<typeof NumbersField>[0]['numbers']
  asking: Asking | undefined
}

/** The consent: to whom, which customer numbers, at which level, until when. */
export function ConsentBody({ t, form, today, numbers, asking }: ConsentProps) {
  return (
    <Card>
      <ul>
        <li>{t('delegation.consent.acts')}</li>
        <li>{t('delegation.consent.history')}</li>
        <li>{t('delegation.consent.never')}</li>
        <li>{t('delegation.consent.end')}</li>
      </ul>
      <Form t={t} form={form} action={urls.delegation.create.to({ asking: asking?.id })}>
        {asking ? (
          <input type="hidden" name="email" value={asking.email} />
        ) : (
          <TextField
            name="email"
            type="email"
            label={t('sharing.user_name')}
            hint={t('delegation.user_hint')}
            autocomplete="off"
            maxlength={254}
            required
          />
        )}
        <NumbersField t={t} numbers={numbers} />
        <LevelField t={t} />
        <TextField
          name="ends_on"
          type="date"
          label={t('sharing.ends_on')}
          hint={t('delegation.ends_hint')}
          min={today}
          width="medium"
        />
        <Actions>
          <Button look="primary">{t('delegation.consent.submit')}</Button>
          <LinkButton href={urls.delegation.list.to()}>{t('sharing.cancel')}</LinkButton>
        </Actions>
      </Form>
    </Card>
  )
}

/** What ending a delegation means. `back` leads where the reader came from. */
export function EndBody({ t, delegation, who, back }: { t: T; delegation: string; who: string; back: string }) {
  return (
    <Card>
      <p>
        <Text>{t('delegation.end.text', { who })}</Text>
      </p>
      <Form t={t} form={{ values: {}, errors: {} }} action={urls.delegation.end.to({ delegation })} unmarked>
        <Actions>
          <Button look="danger">{t('delegation.end')}</Button>
          <LinkButton href={back}>{t('sharing.cancel')}</LinkButton>
        </Actions>
      </Form>
    </Card>
  )
}

import type { Format, T } from '../../platform/i18n.ts'
import { StatusBadge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { CopyCode } from '../../ui/copy-button.tsx'
import { Actions, Form, type FormState, TextField } from '../../ui/form.tsx'
import { DataTable } from '../../ui/table.tsx'
import { Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { Candidate, Domain, Recovery } from '../queries.ts'
import { proofOf, silentMonths, waitingDays } from '../rules.ts'

type Props = {
  t: T
  format: Format
  own: Recovery[]
  recoverable: Candidate[]
  /** What only administrators see of their organization. */
  administration: { waiting: Recovery[]; domains: Domain[] } | undefined
  form: FormState
}

const nothing: FormState = { values: {}, errors: {} }

/** My Account – Recovery: who takes over an organization that nobody administrates any more. */
export function SuccessionBody(props: Props) {
  const { t, recoverable, own, administration } = props
  const open = recoverable.filter(
    ({ organization_id }) => !own.some((recovery) => recovery.organization_id === organization_id),
  )
  return (
    <>
      {administration?.waiting.map((recovery) => (
        <StopCard {...props} recovery={recovery} />
      ))}
      {own.map((recovery) => (
        <OwnCard {...props} recovery={recovery} />
      ))}
      {open.map((candidate) => (
        <AskCard {...props} candidate={candidate} />
      ))}
      {open.length + own.length === 0 && (
        <Card title={t('succession.none')}>
          <p>{t('succession.none_text', { months: silentMonths })}</p>
          <p>
            {t('succession.else')} <a href={urls.requests.list.to()}>{t('ui.nav.service')}</a>
          </p>
        </Card>
      )}
      {administration && <DomainsCard {...props} domains={administration.domains} />}
    </>
  )
}

function StopCard({ t, format, recovery }: Props & { recovery: Recovery }) {
  const { id, name, email, due_at } = recovery
  return (
    <Card title={t('succession.waiting.title')}>
      <p>
        <Text>
          {t('succession.waiting.text', { name: name ?? '', email: email ?? '', due: format.moment(due_at) })}
        </Text>
      </p>
      <Form t={t} form={nothing} action={urls.succession.end.to({ recovery: id })} unmarked>
        <Actions>
          <Button look="danger" name="do" value="stop">
            {t('succession.stop')}
          </Button>
        </Actions>
      </Form>
    </Card>
  )
}

function OwnCard({ t, format, recovery }: Props & { recovery: Recovery }) {
  const { id, organization, due_at } = recovery
  return (
    <Card title={t('succession.own.title', { organization })}>
      <p>{t('succession.own.text', { due: format.moment(due_at) })}</p>
      <Form t={t} form={nothing} action={urls.succession.end.to({ recovery: id })} unmarked>
        <Actions>
          <Button name="do" value="withdraw">
            {t('succession.withdraw')}
          </Button>
        </Actions>
      </Form>
    </Card>
  )
}

function AskCard({ t, candidate }: Props & { candidate: Candidate }) {
  const { organization_id, name, grounds } = candidate
  return (
    <Card title={t('succession.ask.title', { organization: name })}>
      <p>{t(`succession.grounds.${grounds}`)}</p>
      <ul>
        <li>{t('succession.ask.told')}</li>
        <li>{t('succession.ask.waits', { days: waitingDays })}</li>
        <li>{t('succession.ask.then')}</li>
      </ul>
      <Form t={t} form={nothing} action={urls.succession.show.to()} unmarked>
        <input type="hidden" name="organization_id" value={organization_id} />
        <Actions>
          <Button look="primary">{t('succession.ask')}</Button>
        </Actions>
      </Form>
    </Card>
  )
}

function DomainsCard({ t, form, domains }: Props & { domains: Domain[] }) {
  return (
    <Card title={t('succession.domains')} flush>
      <div class="kp-card-body">
        <p>{t('succession.domains.text')}</p>
        <Form t={t} form={form} action={urls.succession.domains.to()} unmarked>
          <TextField
            name="domain"
            label={t('succession.domain')}
            hint={t('succession.domain.hint')}
            maxlength={254}
            autocomplete="off"
            required
          />
          <Actions>
            <Button>{t('succession.domain.add')}</Button>
          </Actions>
        </Form>
      </div>
      {domains.length > 0 && (
        <DataTable<Domain>
          t={t}
          caption={t('succession.domains')}
          id="domains"
          rows={domains}
          empty={{ title: t('ui.none') }}
          columns={[
            { key: 'domain', head: t('succession.domain'), main: true, cell: ({ domain }) => <Text>{domain}</Text> },
            { key: 'proof', head: t('succession.domain.proof'), cell: (row) => <Proof t={t} row={row} /> },
            {
              key: 'change',
              head: t('ui.actions'),
              quietHead: true,
              cell: ({ domain, verified_at }) => (
                <form method="post" action={urls.succession.domain.to({ domain })} class="kp-actions">
                  {!verified_at && (
                    <Button small name="do" value="verify" label={t('succession.domain.verify_of', { domain })}>
                      {t('succession.domain.verify')}
                    </Button>
                  )}
                  <Button small name="do" value="remove" label={t('succession.domain.remove_of', { domain })}>
                    {t('succession.domain.remove')}
                  </Button>
                </form>
              ),
            },
          ]}
        />
      )}
    </Card>
  )
}

function Proof({ t, row: { domain, token, verified_at } }: { t: T; row: Domain }) {
  if (verified_at) return <StatusBadge tone="success" text={t('succession.domain.verified')} />
  const { name, text } = proofOf(domain, token)
  return (
    <>
      <div>{t('succession.domain.record')}</div>
      <CopyCode t={t} text={name} name={t('succession.domain.record_name')} wrap />
      <CopyCode t={t} text={text} name={t('succession.domain.record_text')} wrap />
    </>
  )
}

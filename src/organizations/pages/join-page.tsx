import type { Role } from '../../platform/actor.ts'
import type { FormState } from '../../platform/http/form.ts'
import type { T } from '../../platform/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Actions, FieldRow, Fieldset, Form, type Option, SelectField, TextArea, TextField } from '../../ui/form.tsx'
import { Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { Invitation } from '../queries.ts'

type Props = {
  t: T
  invitations: Invitation[]
  ask: FormState
  /** For somebody who works for no organization. */
  start: { form: FormState; countries: Option[] } | undefined
}

/** The ways into an organization: an invitation, a question to its administrators, or a new one. */
export function JoinBody({ t, invitations, ask, start }: Props) {
  return (
    <>
      {invitations.map((invitation) => (
        <InvitationCard t={t} invitation={invitation} />
      ))}
      <AskCard t={t} form={ask} />
      {start && <StartCard t={t} {...start} />}
    </>
  )
}

function InvitationCard({ t, invitation }: { t: T; invitation: Invitation }) {
  return (
    <Card title={t('organizations.invited.title', { organization: invitation.organization })}>
      <p>
        <Text>{inviteText(t, invitation)}</Text>
      </p>
      <InvitedRole t={t} role={invitation.role} />
      <AcceptForm t={t} invitation={invitation} />
    </Card>
  )
}

/** Who invites to what. */
export function inviteText(t: T, { inviter, organization }: Invitation): string {
  return t('organizations.invited.text', { inviter: inviter ?? t('organizations.history.unknown'), organization })
}

/** What the invited may do. */
export function InvitedRole({ t, role }: { t: T; role: Role }) {
  return (
    <p>
      <strong>{t(`organizations.role.${role}`)}</strong> – {t(`organizations.role.${role}.hint`)}
    </p>
  )
}

/** One click for whoever reads mail at the invited address. */
export function AcceptForm({ t, invitation }: { t: T; invitation: Invitation }) {
  return (
    <form method="post" action={urls.organizations.accept.to()}>
      <Button look="primary" name="invitation_id" value={invitation.id}>
        {t('organizations.invited.accept', { organization: invitation.organization })}
      </Button>
    </form>
  )
}

function AskCard({ t, form }: { t: T; form: FormState }) {
  return (
    <Card title={t('organizations.ask.title')}>
      <p>{t('organizations.ask.lead')}</p>
      <Form t={t} form={form} action={urls.organizations.ask.to()} unmarked>
        <TextField
          name="email"
          type="email"
          label={t('organizations.ask.email')}
          autocomplete="off"
          maxlength={254}
          width="medium"
        />
        <Fieldset legend={t('organizations.ask.purchase')} hint={t('organizations.ask.purchase_hint')}>
          <FieldRow>
            <TextField name="customer_number" label={t('organizations.ask.number')} maxlength={40} code />
            <TextField name="proof" label={t('organizations.ask.proof')} maxlength={40} code />
          </FieldRow>
        </Fieldset>
        <TextArea name="message" label={t('organizations.ask.message')} rows={3} maxlength={1000} />
        <Actions>
          <Button look="primary">{t('organizations.ask.submit')}</Button>
        </Actions>
      </Form>
    </Card>
  )
}

function StartCard({ t, form, countries }: { t: T; form: FormState; countries: Option[] }) {
  return (
    <Card title={t('organizations.start.title')}>
      <p>{t('organizations.start.lead')}</p>
      <Form t={t} form={form} action={urls.organizations.create.to()} unmarked>
        <TextField
          name="name"
          label={t('organizations.name')}
          autocomplete="organization"
          maxlength={200}
          width="medium"
          required
        />
        <SelectField
          name="country"
          label={t('organizations.country')}
          options={countries}
          autocomplete="country"
          width="medium"
          required
        />
        <Actions>
          <Button>{t('organizations.start.submit')}</Button>
        </Actions>
      </Form>
    </Card>
  )
}

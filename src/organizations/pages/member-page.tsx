import type { FormState } from '../../platform/http/form.ts'
import type { T } from '../../platform/i18n.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Actions, CheckboxField, Form, TextField } from '../../ui/form.tsx'
import { urls } from '../../urls.ts'
import { RoleChoice } from './role-field.tsx'

/** One member, for administrators: the role, and the way out. */
export function MemberBody({ t, form, user_id, role }: { t: T; form: FormState; user_id: string; role: string }) {
  return (
    <>
      <Card>
        <Form t={t} form={form} action={urls.organizations.member.to({ member: user_id })} unmarked>
          <RoleChoice t={t} value={role} />
          <Actions>
            <Button look="primary">{t('organizations.member.save')}</Button>
            <LinkButton href={urls.organizations.members.to()}>{t('organizations.cancel')}</LinkButton>
          </Actions>
        </Form>
      </Card>
      <Card title={t('organizations.remove.title')}>
        <p>{t('organizations.remove.lead')}</p>
        <LinkButton look="danger" href={urls.organizations.remove.to({ member: user_id })}>
          {t('organizations.remove.link')}
        </LinkButton>
      </Card>
    </>
  )
}

type Leaving = { t: T; form: FormState; action: string; organization: string; name: string; own: boolean }

/** What removing a member, or leaving, means; done only after a tick that says so. */
export function RemoveBody({ t, form, action, organization, name, own }: Leaving) {
  const who = own ? 'leave' : 'remove'
  return (
    <Card>
      <ul>
        <li>{t(`organizations.${who}.access`, { name, organization })}</li>
        <li>{t('organizations.remove.licenses', { organization })}</li>
        <li>{t('organizations.remove.calendar')}</li>
        <li>{t('organizations.remove.back')}</li>
      </ul>
      <Form t={t} form={form} action={action} unmarked>
        <CheckboxField name="sure" label={t(`organizations.${who}.sure`, { name, organization })} required />
        <Actions>
          <Button look="danger">{t(`organizations.${who}.submit`)}</Button>
          <LinkButton href={urls.organizations.members.to()}>{t('organizations.cancel')}</LinkButton>
        </Actions>
      </Form>
    </Card>
  )
}

/** Asks a colleague by e-mail. */
export function InviteBody({ t, form }: { t: T; form: FormState }) {
  return (
    <Card>
      <Form t={t} form={form} action={urls.organizations.invite.to()}>
        <TextField
          name="email"
          type="email"
          label={t('organizations.email')}
          hint={t('organizations.invite.email_hint')}
          autocomplete="off"
          maxlength={254}
          required
        />
        <RoleChoice t={t} value="viewer" />
        <Actions>
          <Button look="primary" icon="mail">
            {t('organizations.invite.submit')}
          </Button>
          <LinkButton href={urls.organizations.members.to()}>{t('organizations.cancel')}</LinkButton>
        </Actions>
      </Form>
    </Card>
  )
}

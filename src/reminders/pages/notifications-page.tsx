import type { FormState } from '../../platform/http/form.ts'
import type { Format, T } from '../../platform/i18n.ts'
import { Alert } from '../../ui/alert.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { CopyCode } from '../../ui/copy-button.tsx'
import { Actions, CheckboxesField, Form } from '../../ui/form.tsx'
import { urls } from '../../urls.ts'
import type { Feed } from '../calendar-feeds.ts'
import { topics } from '../rules.ts'

type Props = {
  t: T
  format: Format
  form: FormState
  email: string
  wanted: string[]
  /** Of the current organization; undefined for somebody who works for none. */
  calendar: { organization: string; feed: Feed | undefined; made: string | undefined } | undefined
}

/** My Account – Notifications: what is told by e-mail, and the calendar. */
export function NotificationsBody({ t, format, form, email, wanted, calendar }: Props) {
  const options = topics.map((value) => ({
    value,
    text: t(`reminders.topic.${value}`),
    hint: t(`reminders.topic.${value}.hint`),
    disabled: value === 'security',
  }))
  return (
    <>
      <Card title={t('reminders.email.title')}>
        <Form t={t} form={form} action={urls.reminders.notifications.to()} unmarked>
          <CheckboxesField
            name="topics"
            label={t('reminders.email.label', { email })}
            options={options}
            values={[...wanted, 'security']}
          />
          <Actions>
            <Button look="primary">{t('reminders.email.save')}</Button>
          </Actions>
        </Form>
      </Card>
      {calendar && <CalendarCard t={t} format={format} {...calendar} />}
    </>
  )
}

type Calendar = { t: T; format: Format; organization: string; feed: Feed | undefined; made: string | undefined }

function CalendarCard({ t, format, organization, feed, made }: Calendar) {
  return (
    <Card title={t('reminders.calendar.title')} id="calendar">
      <p>{t('reminders.calendar.lead', { organization })}</p>
      {made && (
        <Alert t={t} tone="success" title={t('reminders.calendar.made')}>
          <p>
            <CopyCode t={t} text={made} name={t('reminders.calendar.address')} wrap />
          </p>
          <p>{t('reminders.calendar.once')}</p>
        </Alert>
      )}
      {feed && (
        <p>
          {stateOf(t, format, feed)} {t('reminders.calendar.replace_hint')}
        </p>
      )}
      <form method="post" action={urls.reminders.calendar.to()} class="kp-actions">
        <Button look={feed ? 'secondary' : 'primary'} icon="calendar" name="do" value="make">
          {t(feed ? 'reminders.calendar.replace' : 'reminders.calendar.make')}
        </Button>
        {feed && (
          <Button look="quiet" name="do" value="revoke">
            {t('reminders.calendar.revoke')}
          </Button>
        )}
      </form>
    </Card>
  )
}

function stateOf(t: T, format: Format, { created_at, last_read_at }: Feed): string {
  const made = format.moment(created_at)
  return last_read_at
    ? t('reminders.calendar.read', { made, read: format.moment(last_read_at) })
    : t('reminders.calendar.unread', { made })
}

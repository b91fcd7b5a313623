import type { T } from '../../platform/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { urls } from '../../urls.ts'
import type { OptionalTopic } from '../rules.ts'

type Props = { t: T; token: string; topics: OptionalTopic[]; done: boolean; has_login: boolean }

/** Ending mails takes a press of the button, because mail scanners open every link. */
export function UnsubscribeBody({ t, token, topics, done, has_login }: Props) {
  return (
    <>
      <ul>
        {topics.map((topic) => (
          <li>{t(`reminders.topic.${topic}`)}</li>
        ))}
      </ul>
      {done ? (
        has_login && (
          <p>
            <a href={urls.reminders.notifications.to()}>{t('reminders.unsubscribe.change')}</a>
          </p>
        )
      ) : (
        <form method="post" action={urls.reminders.unsubscribe.to({ token })}>
          <Button look="primary">{t('reminders.unsubscribe.submit')}</Button>
        </form>
      )}
    </>
  )
}

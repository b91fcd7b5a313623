import { StatusBadge, type Tone } from '../../ui/badge.tsx'
import { lastDayOf } from '../campaign-rules.ts'
import type { MailState } from '../campaign-schemas.ts'
import type { SentNotification } from '../list-notifications.ts'
import type { Reader } from './campaign-parts.tsx'

const tones: Record<MailState, Tone> = { waiting: 'warning', sent: 'success', refused: 'danger', forgotten: 'neutral' }

/** What became of a mail; `detail`: when, or the mail server's words. */
export function MailBadge({ t, state, detail }: { t: Reader['t']; state: MailState; detail?: string | undefined }) {
  return <StatusBadge tone={tones[state]} text={t(`campaigns.mail_state.${state}`)} date={detail} />
}

/** The last day on which a notification is valid. */
export function validText({ t, format, time_zone }: Reader, { expires_at }: SentNotification, now: Date): string {
  const date = format.day(lastDayOf(expires_at, time_zone))
  return expires_at > now ? date : t('campaigns.notifications.expired', { date })
}

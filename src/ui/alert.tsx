import type { Child } from 'hono/jsx'
import type { T } from '../platform/i18n.ts'
import { Icon, type IconName } from './icon.tsx'

export type AlertTone = 'info' | 'success' | 'warning' | 'danger'

const icons: Record<AlertTone, IconName> = {
  info: 'info-circle',
  success: 'circle-check',
  warning: 'alert-triangle',
  danger: 'alert-circle',
}
const words = {
  info: 'ui.note_info',
  success: 'ui.note_success',
  warning: 'ui.note_warning',
  danger: 'ui.note_danger',
} as const

/** A message in the flow of the page. Problems are announced at once, the rest when the reader pauses. */
export function Alert(props: {
  t: T
  tone: AlertTone
  title: string
  children?: Child
  /** Goes into a region that is announced by itself. */
  quiet?: boolean
}) {
  const { t, tone, title, children, quiet } = props
  const role = tone === 'danger' ? 'alert' : 'status'
  return (
    <div class={`kp-alert kp-tone-${tone}`} role={quiet ? undefined : role}>
      <Icon name={icons[tone]} label={t(words[tone])} />
      <div class="kp-alert-body">
        <p class="kp-alert-title">{title}</p>
        {children && <div class="kp-alert-text">{children}</div>}
      </div>
    </div>
  )
}

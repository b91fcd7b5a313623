import type { Child } from 'hono/jsx'
import { Icon, type IconName } from './icon.tsx'

export type Tone = 'success' | 'info' | 'warning' | 'danger' | 'neutral'

const icons: Record<Tone, IconName> = {
  success: 'circle-check',
  info: 'info-circle',
  warning: 'clock',
  danger: 'circle-x',
  neutral: 'circle-dashed',
}

/** A status: an icon, a word and, beside it, the date that matters. Colour only repeats what they say. */
export function StatusBadge(props: { tone: Tone; text: string; icon?: IconName; date?: Child }) {
  const { tone, text, date } = props
  return (
    <span class="kp-status">
      <span class={`kp-badge kp-tone-${tone}`}>
        {Icon({ name: props.icon ?? icons[tone] })}
        {text}
      </span>
      {date && <span class="kp-status-date">{date}</span>}
    </span>
  )
}

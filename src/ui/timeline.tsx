import type { Child } from 'hono/jsx'
import { Icon, type IconName } from './icon.tsx'

export type TimelineItem = { icon: IconName; title: Child; note?: Child; when?: Child; current?: boolean }

/** What happened, or belongs together, one below the other in the order of time. */
export function Timeline({ items, label }: { items: TimelineItem[]; label: string }) {
  return (
    <ol class="kp-timeline" aria-label={label}>
      {items.map(({ icon, title, note, when, current }) => (
        <li class={current ? 'kp-timeline-current' : undefined} aria-current={current ? 'true' : undefined}>
          <span class="kp-timeline-mark">
            <Icon name={icon} />
          </span>
          <div class="kp-timeline-text">
            <p>{title}</p>
            {note && <p class="kp-timeline-note">{note}</p>}
          </div>
          {when && <div class="kp-timeline-when">{when}</div>}
        </li>
      ))}
    </ol>
  )
}

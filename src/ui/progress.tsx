import type { Child } from 'hono/jsx'
import type { T } from '../platform/i18n.ts'

type ProgressProps = {
  t: T
  label: string
  done: number
  total: number
  /** Both numbers in the reader's format. */
  shown: { done: string; total: string }
  /** Answers with this same block while the work goes on. Give the page `live` and `refreshSeconds` as well. */
  href?: string
  children?: Child
}

/** Work under way. It fetches itself anew every second, or the page reloads where there is no script. */
export function Progress({ t, label, done, total, shown, href, children }: ProgressProps) {
  return (
    <div
      class="kp-progress"
      id="progress"
      hx-get={href}
      hx-trigger={href ? 'every 1s' : undefined}
      hx-select={href ? '#progress' : undefined}
      hx-swap={href ? 'outerHTML' : undefined}
    >
      <div class="kp-progress-head">
        <label for="progress-bar">{label}</label>
        <output for="progress-bar" aria-live="polite">
          {t('ui.progress_of', shown)}
        </output>
      </div>
      <progress id="progress-bar" max={Math.max(total, 1)} value={done} />
      {href && (
        <p class="kp-progress-note">
          {t('ui.progress_updates')}
          <noscript>
            {' '}
            <a href={href}>{t('ui.refresh')}</a>
          </noscript>
        </p>
      )}
      {children}
    </div>
  )
}

import type { T } from '../platform/i18n.ts'
import { Icon } from './icon.tsx'
import { Code } from './text.tsx'

/** Copies a text; hidden where the script does not run. `name` says what is copied: "Copy serial number". */
export function CopyButton(props: {
  t: T
  text: string
  name: string
  /** Said instead of “Copy”. */
  label?: string
  wordless?: boolean
}) {
  const { t, text, name, label, wordless } = props
  return (
    <button
      type="button"
      class={wordless ? 'kp-icon-btn kp-copy' : 'btn btn-sm kp-copy'}
      data-copy={text}
      data-copied={t('ui.copied')}
      aria-label={label ?? t('ui.copy_of', { name })}
      hidden
    >
      {Icon({ name: 'copy', class: 'kp-copy-icon' })}
      {Icon({ name: 'check', class: 'kp-copied-icon' })}
      {!wordless && <span>{label ?? t('ui.copy')}</span>}
    </button>
  )
}

/** A serial number, key or host ID with its copy button. Parts are called, not composed: tables hold hundreds. */
export function CopyCode({ t, text, name, wrap }: { t: T; text: string; name: string; wrap?: boolean }) {
  return (
    <span class="kp-copy-code">
      {Code({ children: text, wrap })}
      {CopyButton({ t, text, name, wordless: true })}
    </span>
  )
}

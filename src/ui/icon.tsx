import { asset } from '../platform/http/assets.ts'
import type { IconName } from './icons.ts'

export type { IconName } from './icons.ts'

/** An icon of the sprite. It is hidden from assistive technology: the word beside it, or `label`, says the same. */
export function Icon({ name, label, class: extra }: { name: IconName; label?: string; class?: string }) {
  const shape = <use href={`${asset('icons.svg')}#${name}`} />
  const className = extra ? `icon ${extra}` : 'icon'
  if (label) {
    return (
      <svg class={className} viewBox="0 0 24 24" role="img" aria-label={label}>
        {shape}
      </svg>
    )
  }
  return (
    <svg class={className} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {shape}
    </svg>
  )
}

import { raw } from 'hono/html'
import { asset } from '../platform/http/assets.ts'
import type { IconName } from './icons.ts'

export type { IconName } from './icons.ts'

/** An icon of the sprite. It is hidden from assistive technology: the word beside it, or `label`, says the same. */
export function Icon({ name, label, class: extra }: { name: IconName; label?: string; class?: string }) {
  if (!label) return decorative(name, extra)
  return (
    <svg class={extra ? `icon ${extra}` : 'icon'} viewBox="0 0 24 24" role="img" aria-label={label}>
      <use href={`${asset('icons.svg')}#${name}`} />
    </svg>
  )
}

const drawn = new Map<string, ReturnType<typeof raw>>()

/** Tables hold hundreds of the same few icons: each is put together once. Both arguments are constants of the code. */
function decorative(name: IconName, extra = '') {
  const key = `${name} ${extra}`
  let svg = drawn.get(key)
  if (!svg) {
    const classes = extra ? `icon ${extra}` : 'icon'
    const shape = `<use href="${asset('icons.svg')}#${name}"></use>`
    svg = raw(`<svg class="${classes}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${shape}</svg>`)
    drawn.set(key, svg)
  }
  return svg
}

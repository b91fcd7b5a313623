import type { Child } from 'hono/jsx'

/** Boxes side by side where there is room, below one another on a phone. */
export function Grid({ children, size }: { children: Child; size?: 'tiles' | 'numbers' }) {
  return <div class={size ? `kp-grid kp-grid-${size}` : 'kp-grid'}>{children}</div>
}

import type { Child } from 'hono/jsx'

/** Boxes side by side where there is room, below one another on a phone. */
export function Grid({ children, small }: { children: Child; small?: boolean }) {
  return <div class={small ? 'kp-grid kp-grid-small' : 'kp-grid'}>{children}</div>
}

import type { Child } from 'hono/jsx'

/** Text that people entered: its direction is its own, so that a name in Arabic turns nothing around it. */
export function Text({ children, lang }: { children: Child; lang?: string }) {
  return <bdi lang={lang}>{children}</bdi>
}

/** A serial number, key or host ID: monospaced, unambiguous glyphs, never broken at its hyphens. */
export function Code({ children, wrap }: { children: Child; wrap?: boolean }) {
  return (
    <bdi class={wrap ? 'kp-code kp-code-wrap' : 'kp-code'} translate="no">
      {children}
    </bdi>
  )
}

import type { Child } from 'hono/jsx'

export type Item = { label: string; value: Child }

/** Labels with their values. Items without a value are left out; `columns` puts them side by side where there is room. */
export function DescriptionList({ items, columns }: { items: (Item | null | false | undefined)[]; columns?: boolean }) {
  const shown = items.filter((item): item is Item => Boolean(item) && hasValue((item as Item).value))
  return (
    <dl class={columns ? 'kp-facts kp-facts-columns' : 'kp-facts'}>
      {shown.map(({ label, value }) => (
        <div>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function hasValue(value: Child): boolean {
  return value !== null && value !== undefined && value !== '' && value !== false
}

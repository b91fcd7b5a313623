import type { Child } from 'hono/jsx'

/** A titled box. `flush` lets a table or list reach its edges. */
export function Card(props: {
  title?: string
  action?: Child
  flush?: boolean
  children: Child
  foot?: Child
  id?: string
}) {
  const { title, action, flush, foot } = props
  return (
    <section class="kp-card" id={props.id}>
      {(title || action) && (
        <div class="kp-card-head">
          {title && <h2>{title}</h2>}
          {action}
        </div>
      )}
      {flush ? props.children : <div class="kp-card-body">{props.children}</div>}
      {foot && <div class="kp-card-foot">{foot}</div>}
    </section>
  )
}

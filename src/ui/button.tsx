import type { Child } from 'hono/jsx'
import { Icon, type IconName } from './icon.tsx'

const looks = {
  primary: 'btn btn-primary',
  secondary: 'btn',
  quiet: 'btn btn-ghost-secondary kp-btn-quiet',
  danger: 'btn btn-danger',
  link: 'kp-btn-link',
} as const

export type ButtonLook = keyof typeof looks

/** A submit button. `name`/`value` tell several buttons of one form apart. */
export function Button(props: {
  children: Child
  look?: ButtonLook
  icon?: IconName
  name?: string
  value?: string
  /** Sends the form elsewhere than its action. */
  formaction?: string
  /** Belongs to the form with this id, wherever the button stands. */
  form?: string
  /** What is said instead of the visible text, when that alone is ambiguous ("Remove"). */
  label?: string
  small?: boolean
  wide?: boolean
  type?: 'submit' | 'button'
}) {
  return (
    <button
      type={props.type ?? 'submit'}
      class={classOf(props)}
      name={props.name}
      value={props.value}
      formaction={props.formaction}
      form={props.form}
      aria-label={props.label}
    >
      {props.icon && <Icon name={props.icon} />}
      {props.children}
    </button>
  )
}

/** A link that looks like a button: it opens a page and changes nothing. */
export function LinkButton(props: {
  children: Child
  href: string
  look?: ButtonLook
  icon?: IconName
  label?: string
  small?: boolean
  wide?: boolean
  /** Names the file when the link downloads one. */
  download?: string | true
  newTab?: boolean
}) {
  return (
    <a
      class={classOf(props)}
      href={props.href}
      aria-label={props.label}
      download={props.download}
      target={props.newTab ? '_blank' : undefined}
    >
      {props.icon && <Icon name={props.icon} />}
      {props.children}
    </a>
  )
}

function classOf({ look, small, wide }: { look?: ButtonLook; small?: boolean; wide?: boolean }): string {
  return `${looks[look ?? 'secondary']}${small ? ' btn-sm' : ''}${wide ? ' w-100' : ''}`
}

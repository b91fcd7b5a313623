import { Icon, type IconName } from './icon.tsx'

/** One number that leads to what it counts. */
export function Stat(props: {
  value: string
  label: string
  href: string
  icon: IconName
  tone?: 'warning' | 'danger'
}) {
  return (
    <a class={props.tone ? `kp-stat kp-stat-${props.tone}` : 'kp-stat'} href={props.href}>
      <span class="kp-stat-icon">
        <Icon name={props.icon} />
      </span>
      <span class="kp-stat-text">
        <strong>{props.value}</strong>
        <span>{props.label}</span>
      </span>
    </a>
  )
}

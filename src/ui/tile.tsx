import { Icon, type IconName } from './icon.tsx'

/** A large link to one of the main things to do. */
export function Tile(props: { title: string; text: string; href: string; icon: IconName; primary?: boolean }) {
  return (
    <a class={props.primary ? 'kp-tile kp-tile-primary' : 'kp-tile'} href={props.href}>
      <Icon name={props.icon} />
      <strong>{props.title}</strong>
      <span>{props.text}</span>
    </a>
  )
}

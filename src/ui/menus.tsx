/** Small menus of the top bar. `<details>` opens them without script; the script only closes them again. */
import type { Child } from 'hono/jsx'
import type { T } from '../platform/i18n.ts'
import { Icon, type IconName } from './icon.tsx'
import type { Account, Shell, Theme } from './layout.tsx'
import { Text } from './text.tsx'

/** A button that opens a list of things to do. `label` names it where `face` shows no words. */
export function Menu(props: { label?: string; face: Child; class?: string; children: Child }) {
  return (
    <details class={`kp-menu${props.class ? ` ${props.class}` : ''}`} data-menu>
      <summary aria-label={props.label}>{props.face}</summary>
      <div class="kp-menu-list">{props.children}</div>
    </details>
  )
}

/** One choice of a preference: a button of the form around it. */
function Choice(props: {
  name: string
  value: string
  chosen: boolean
  icon?: IconName
  lang?: string
  t: T
  children: Child
}) {
  return (
    <button type="submit" class="kp-menu-item" name={props.name} value={props.value} lang={props.lang}>
      {props.icon && <Icon name={props.icon} />}
      <span>{props.children}</span>
      {props.chosen && <Icon name="check" label={props.t('ui.selected')} class="kp-menu-check" />}
    </button>
  )
}

export function LanguageMenu({ shell }: { shell: Shell }) {
  const { t, locale, locales } = shell
  const name = locales.find(({ code }) => code === locale)?.name ?? locale
  const face = (
    <>
      <Icon name="language" />
      <span class="kp-menu-word">{name}</span>
      <Icon name="chevron-down" class="kp-menu-arrow" />
    </>
  )
  return (
    <Menu label={`${t('ui.language')}: ${name}`} face={face}>
      <form method="post" action={shell.languageAction}>
        <input type="hidden" name="back" value={shell.path} />
        {locales.map(({ code, name }) => (
          <Choice t={t} name="locale" value={code} lang={code} chosen={code === locale}>
            {name}
          </Choice>
        ))}
      </form>
    </Menu>
  )
}

const themeIcons: Record<Theme, IconName> = { auto: 'device-desktop', light: 'sun', dark: 'moon' }
const themeWords = { auto: 'ui.theme_auto', light: 'ui.theme_light', dark: 'ui.theme_dark' } as const

export function ThemeMenu({ shell }: { shell: Shell }) {
  const { t, theme } = shell
  return (
    <Menu label={`${t('ui.theme')}: ${t(themeWords[theme])}`} face={<Icon name={themeIcons[theme]} />}>
      <form method="post" action={shell.themeAction}>
        <input type="hidden" name="back" value={shell.path} />
        {(['auto', 'light', 'dark'] as const).map((value) => (
          <Choice t={t} name="theme" value={value} icon={themeIcons[value]} chosen={value === theme}>
            {t(themeWords[value])}
          </Choice>
        ))}
      </form>
    </Menu>
  )
}

export function AccountMenu({ t, account }: { t: T; account: Account }) {
  const face = (
    <>
      <span class="kp-avatar" aria-hidden="true">
        {initialsOf(account.name)}
      </span>
      <span class="kp-menu-who">
        <span class="visually-hidden">{t('ui.account')}: </span>
        <Text>{account.name}</Text>
        {account.organization && (
          <small>
            <Text>{account.organization}</Text>
          </small>
        )}
      </span>
      <Icon name="chevron-down" class="kp-menu-arrow" />
    </>
  )
  return (
    <Menu face={face} class="kp-account">
      <p class="kp-menu-note">
        <Text>{account.email}</Text>
      </p>
      <OrganizationChoice t={t} account={account} />
      <ul>
        {account.links.map((link) => (
          <li>
            <a class="kp-menu-item" href={link.href}>
              {link.icon && <Icon name={link.icon} />}
              <span>{link.text}</span>
            </a>
          </li>
        ))}
      </ul>
      <form method="post" action={account.signOutAction} class="kp-menu-last">
        <button type="submit" class="kp-menu-item">
          <Icon name="logout" />
          <span>{t('ui.sign_out')}</span>
        </button>
      </form>
    </Menu>
  )
}

function OrganizationChoice({ t, account }: { t: T; account: Account }) {
  const { organizations = [], switchAction } = account
  if (organizations.length < 2 || !switchAction) return null
  return (
    <form method="post" action={switchAction} class="kp-menu-group" aria-label={t('ui.switch_organization')}>
      <p class="kp-menu-head">{t('ui.organization')}</p>
      {organizations.map(({ id, name, current }) => (
        <Choice t={t} name="organization_id" value={id} icon="building" chosen={current}>
          <Text>{name}</Text>
        </Choice>
      ))}
    </form>
  )
}

/** Up to two letters that stand for a name; the first sign of a name in a script without spaces. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/)
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words
  return letters
    .map((word) => (word ? ([...word][0] ?? '') : ''))
    .join('')
    .toLocaleUpperCase()
}

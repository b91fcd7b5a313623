/** The frame around every page: works without script, in either direction of writing, on paper and on a phone. */

import { raw } from 'hono/html'
import { type Child, Fragment } from 'hono/jsx'
import { asset } from '../platform/http/assets.ts'
import type { Locale, T } from '../platform/i18n.ts'
import { Alert, type AlertTone } from './alert.tsx'
import { LinkButton } from './button.tsx'
import { Icon, type IconName } from './icon.tsx'
import { AccountMenu, LanguageMenu, ThemeMenu } from './menus.tsx'
import { Text } from './text.tsx'

export type Theme = 'auto' | 'light' | 'dark'
export type Link = { text: string; href: string; icon?: IconName; new_tab?: boolean }
export type Tab = { text: string; href: string; current: boolean }
/** Sibling pages, and what they are together. */
export type Tabs = { title: string; pages: readonly Tab[] }
export type NavItem = Link & { icon: IconName; current?: boolean; count?: number }
/** Who runs this portal, from the configuration. `logoUrl` is on our own origin. */
export type Brand = {
  name: string
  logoUrl?: string
  /** A sheet with the vendor's accent colour; see `brand.ts`. */
  cssUrl?: string
  /** What the portal is for, beside the pages before signing in. */
  panel?: { title: string; points: { icon: IconName; text: string }[] }
}

/** What the frame needs to know about a request; one place makes it for all pages. */
export type Shell = {
  t: T
  locale: Locale
  dir: 'ltr' | 'rtl'
  theme: Theme
  brand: Brand
  /** Path and query of this page: choosing a language or an appearance comes back here. */
  path: string
  locales: { code: Locale; name: string }[]
  /** Takes a POST of `locale` and `back`. */
  languageAction: string
  /** Takes a POST of `theme` and `back`. */
  themeAction: string
  /** One-time message left by the request before this one. */
  flash?: { tone: AlertTone; text: string }
  homeHref: string
  helpHref: string
  /** Said on every page while somebody acts for others; `stopAction` takes a POST. */
  acting?: { text: string; stop: string; stopAction: string } | undefined
  nav: NavItem[]
  /** Takes a GET with `q`; absent when there is nothing to find. */
  findAction?: string
  account?: Account
  footer?: Link[]
}

export type Account = {
  name: string
  email: string
  organization?: string
  links: Link[]
  /** Takes a POST. */
  signOutAction: string
  /** Takes a POST of `organization_id`; shown when there are several. */
  switchAction?: string
  organizations?: { id: string; name: string; current: boolean }[]
}

type PageProps = {
  shell: Shell
  title: string
  /** One sentence under the title. */
  lead?: Child
  breadcrumb?: Link[]
  /** Sibling pages, this one among them, under the title. */
  tabs?: Tabs
  /** The one primary action of the page. */
  action?: Link
  /** Further things to do, quieter, beside the primary one. */
  actions?: Child
  /** A form on the page was refused: the browser's tab says so first. */
  refused?: boolean
  /** Moves the focus to the title, as each step of a wizard does. */
  focusTitle?: boolean
  /** Loads htmx, for pages that use it. */
  live?: boolean
  /** A script of this page alone, by the name of its asset. */
  script?: string
  /** A narrower column, for forms and reading. */
  narrow?: boolean
  /** Reloads the page after so many seconds when there is no script. */
  refreshSeconds?: number
  children: Child
}

/** A page of the portal, with navigation. */
export function Page(props: PageProps) {
  const { shell, narrow } = props
  return (
    <Document {...props} class="kp-app">
      <Sidebar shell={shell} />
      <div class="kp-main">
        <TopBar shell={shell} />
        <main id="content" class={narrow ? 'kp-content kp-content-narrow' : 'kp-content'}>
          <PageHead {...props} />
          {props.children}
        </main>
        <Footer shell={shell} />
      </div>
    </Document>
  )
}

/** A page for people who are not signed in: a card, beside a panel with the brand where there is room. */
export function PublicPage(
  props: Omit<PageProps, 'breadcrumb' | 'action' | 'actions' | 'narrow'> & { below?: Child; wide?: boolean },
) {
  const { shell, title, lead, focusTitle, refused } = props
  return (
    <Document {...props} class={shell.brand.panel ? 'kp-public kp-public-split' : 'kp-public'}>
      {shell.brand.panel && <BrandPanel shell={shell} panel={shell.brand.panel} />}
      <div class="kp-public-main">
        <header class="kp-public-bar">
          <BrandLink shell={shell} />
          <div class="kp-bar-end">
            <HelpLink shell={shell} />
            <LanguageMenu shell={shell} />
            <ThemeMenu shell={shell} />
          </div>
        </header>
        <main id="content" class="kp-public-body">
          <div class={props.wide ? 'kp-public-card kp-public-card-wide' : 'kp-public-card'}>
            <FlashMessage shell={shell} />
            <Title title={title} focus={focusTitle && !refused} />
            {lead && <p class="kp-lead">{lead}</p>}
            {props.children}
          </div>
          {props.below && <div class="kp-public-below">{props.below}</div>}
        </main>
        <Footer shell={shell} />
      </div>
    </Document>
  )
}

function BrandPanel({ shell, panel }: { shell: Shell; panel: NonNullable<Brand['panel']> }) {
  return (
    <aside class="kp-panel" aria-label={shell.brand.name}>
      <div class="kp-panel-inner">
        <BrandLink shell={shell} />
        <div class="kp-panel-text">
          <p class="kp-panel-title">{panel.title}</p>
          <ul>
            {panel.points.map(({ icon, text }) => (
              <li>
                <Icon name={icon} />
                <span>{text}</span>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </aside>
  )
}

/** An error that a person can act on: what happened, what to do, and the number to give to support. */
export function ErrorPage(props: { shell: Shell; title: string; text: string; note?: string; action?: Link }) {
  const { shell, title, text, note } = props
  const action = props.action ?? { text: shell.brand.name, href: shell.homeHref }
  const body = (
    <div class="kp-error">
      <p>{text}</p>
      <LinkButton look="primary" href={action.href} icon={action.icon} newTab={action.new_tab}>
        {action.text}
      </LinkButton>
      {note && <p class="kp-error-note">{note}</p>}
    </div>
  )
  if (!shell.account) return <PublicPage shell={shell} title={title} children={body} />
  return <Page shell={shell} title={title} narrow children={body} />
}

function Document(props: PageProps & { class: string }) {
  const { shell, title, refused, live } = props
  const { t, brand } = shell
  return (
    <Fragment>
      {raw('<!DOCTYPE html>')}
      <html lang={shell.locale} dir={shell.dir} data-bs-theme={shell.theme}>
        <head>
          <meta charset="utf-8" />
          <title>{`${refused ? t('ui.error_prefix', { title }) : title} · ${brand.name}`}</title>
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content={shell.theme === 'auto' ? 'light dark' : shell.theme} />
          <meta name="robots" content="noindex" />
          <link rel="preload" href={asset('inter.woff2')} as="font" type="font/woff2" crossorigin="anonymous" />
          <link rel="stylesheet" href={asset('keyport.css')} />
          {brand.cssUrl && <link rel="stylesheet" href={brand.cssUrl} />}
          <link rel="icon" href={asset('favicon.svg')} type="image/svg+xml" />
          {live && <meta name="htmx-config" content='{"includeIndicatorCSS":false,"history":"reload"}' />}
          {live && <script defer src={asset('htmx.js')} />}
          <script type="module" src={asset('keyport.js')} />
          {props.script && <script type="module" src={asset(props.script)} />}
          {props.refreshSeconds && (
            <noscript>
              <meta http-equiv="refresh" content={String(props.refreshSeconds)} />
            </noscript>
          )}
        </head>
        <body class={props.class}>
          <a class="kp-skip" href="#content">
            {t('ui.skip_to_content')}
          </a>
          {props.children}
        </body>
      </html>
    </Fragment>
  )
}

function BrandLink({ shell }: { shell: Shell }) {
  const { name, logoUrl } = shell.brand
  return (
    <a class="kp-brand" href={shell.homeHref}>
      <img src={logoUrl ?? asset('logo.svg')} alt="" width={28} height={28} />
      <span>{name}</span>
    </a>
  )
}

function Sidebar({ shell }: { shell: Shell }) {
  const { t } = shell
  return (
    <nav class="kp-side" id="menu" popover="auto" aria-label={t('ui.main_navigation')}>
      <div class="kp-side-inner">
        <div class="kp-side-head">
          <BrandLink shell={shell} />
          <button
            type="button"
            class="kp-icon-btn kp-side-close"
            popovertarget="menu"
            popovertargetaction="hide"
            aria-label={t('ui.close')}
          >
            <Icon name="x" />
          </button>
        </div>
        <ul class="kp-nav">
          {shell.nav.map((item) => (
            <li>
              <a class="kp-nav-link" href={item.href} aria-current={item.current ? 'page' : undefined}>
                <Icon name={item.icon} />
                <span>{item.text}</span>
                {item.count ? <span class="kp-nav-count">{item.count}</span> : null}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </nav>
  )
}

function TopBar({ shell }: { shell: Shell }) {
  const { t } = shell
  return (
    <header class="kp-bar">
      <button type="button" class="kp-icon-btn kp-menu-btn" popovertarget="menu" aria-label={t('ui.menu')}>
        <Icon name="menu-2" />
      </button>
      <div class="kp-bar-brand">
        <BrandLink shell={shell} />
      </div>
      {shell.findAction && <Find action={shell.findAction} t={t} />}
      <div class="kp-bar-end">
        <HelpLink shell={shell} />
        <LanguageMenu shell={shell} />
        <ThemeMenu shell={shell} />
        {shell.account && <AccountMenu t={t} account={shell.account} />}
      </div>
    </header>
  )
}

/** Leads to the help page that explains this page. */
function HelpLink({ shell }: { shell: Shell }) {
  return (
    <a class="kp-icon-btn" href={shell.helpHref} aria-label={shell.t('ui.help')} title={shell.t('ui.help')}>
      <Icon name="help-circle" />
    </a>
  )
}

function Find({ action, t }: { action: string; t: T }) {
  return (
    <search class="kp-find">
      <form action={action} method="get">
        <Icon name="search" />
        <input
          type="search"
          name="q"
          class="form-control"
          aria-label={t('ui.find_label')}
          placeholder={t('ui.find_label')}
          autocomplete="off"
          spellcheck={false}
        />
        <button type="submit" class="visually-hidden">
          {t('ui.find')}
        </button>
      </form>
    </search>
  )
}

function PageHead({ shell, title, lead, breadcrumb, tabs, action, actions, focusTitle, refused }: PageProps) {
  const { t } = shell
  return (
    <Fragment>
      <ActingBar acting={shell.acting} />
      <FlashMessage shell={shell} />
      {breadcrumb && <Breadcrumb t={t} links={breadcrumb} />}
      {tabs && !breadcrumb && tabs.title !== title && <p class="kp-eyebrow">{tabs.title}</p>}
      <div class="kp-head">
        <div class="kp-head-text">
          <Title title={title} focus={focusTitle && !refused} />
          {lead && <p class="kp-lead">{lead}</p>}
        </div>
        {(action || actions) && (
          <div class="kp-head-actions">
            {actions}
            {action && (
              <LinkButton look="primary" href={action.href} icon={action.icon}>
                {action.text}
              </LinkButton>
            )}
          </div>
        )}
      </div>
      {tabs && <TabBar {...tabs} />}
    </Fragment>
  )
}

function TabBar({ title, pages }: Tabs) {
  return (
    <nav class="kp-tabs" aria-label={title}>
      <ul>
        {pages.map(({ text, href, current }) => (
          <li>
            <a href={href} aria-current={current ? 'page' : undefined}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** The focus may begin here; a refused form's error summary takes precedence. */
function Title({ title, focus }: { title: string; focus?: boolean }) {
  return (
    <h1 class="kp-title" tabindex={-1} autofocus={focus}>
      {title}
    </h1>
  )
}

function ActingBar({ acting }: Pick<Shell, 'acting'>) {
  if (!acting) return null
  return (
    <form class="kp-acting kp-tone-warning" method="post" action={acting.stopAction}>
      <Icon name="users" />
      <bdi>{acting.text}</bdi>
      <button type="submit" class="btn btn-sm">
        {acting.stop}
      </button>
    </form>
  )
}

function FlashMessage({ shell }: { shell: Shell }) {
  const { t, flash } = shell
  return flash ? <Alert t={t} tone={flash.tone} title={flash.text} /> : null
}

function Breadcrumb({ t, links }: { t: T; links: Link[] }) {
  return (
    <nav aria-label={t('ui.breadcrumb')} class="kp-crumbs">
      <ol>
        {links.map((link) => (
          <li>
            <a href={link.href}>
              <Text>{link.text}</Text>
            </a>
          </li>
        ))}
      </ol>
    </nav>
  )
}

function Footer({ shell }: { shell: Shell }) {
  const { t, brand } = shell
  return (
    <footer class="kp-foot">
      <span>{brand.name}</span>
      <nav aria-label={t('ui.footer')}>
        <a href={shell.helpHref}>{t('ui.help')}</a>
        {shell.footer?.map((link) => (
          <a href={link.href}>{link.text}</a>
        ))}
      </nav>
    </footer>
  )
}

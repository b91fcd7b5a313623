/** The frame of the portal's pages, made from a request: who asks, where they are, where they may go. */
import type { Context } from 'hono'
import type { Actor, OperatorRole } from './platform/actor.ts'
import { brandFilesOf } from './platform/http/brand.ts'
import type { PublicEnv } from './platform/http/env.ts'
import { localeNames, locales, type T } from './platform/i18n.ts'
import type { Account, NavItem, Shell, Tabs } from './ui/layout.tsx'
import { type HelpTopic, urls } from './urls.ts'

/** A request, whoever may make it. */
type Asked = Pick<Context, 'req'> & { var: PublicEnv['Variables'] }

/** Every page takes one: `<Page shell={shellFor(c)} …>`. Works for anonymous callers and for errors, too. */
export function shellFor(c: Asked): Shell {
  const { t, locale, theme, flash, config, visitor, session } = c.var
  const { pathname, search } = new URL(c.req.url)
  const inside = Boolean(visitor && session && !session.hold)
  return {
    t,
    locale,
    dir: 'ltr',
    theme,
    flash,
    brand: brandOf(c),
    // A refused form is shown at the address it was posted to, which may answer no GET: its page is the way back.
    path: c.req.method === 'GET' ? pathname + search : backFrom(c),
    locales: locales.map((code) => ({ code, name: localeNames[code] })),
    languageAction: urls.preferences.locale.to(),
    themeAction: urls.preferences.theme.to(),
    homeHref: urls.home.to(),
    helpHref: helpFor(pathname),
    acting: actingOf(c, inside),
    nav: inside && visitor ? navigation(t, pathname, visitor) : [],
    findAction: inside && visitor?.role ? urls.licenses.catalog.to() : undefined,
    account: visitor && session ? accountOf(c, inside) : undefined,
    footer: showsMailbox(config) ? [{ text: t('ui.nav.mailbox'), href: urls.dev.mailbox.to() }] : [],
  }
}

/** Which help page explains an address and those below it that are not named; the rest leads to the list of all. */
const explained: [address: { pattern: string }, topic: HelpTopic][] = [
  [urls.home, 'home'],
  [urls.accounts.signIn, 'sign-in'],
  [urls.accounts.forgot, 'sign-in'],
  [urls.accounts.reset, 'sign-in'],
  [urls.accounts.show, 'security'],
  [urls.accounts.create, 'create-account'],
  [urls.accounts.confirm, 'create-account'],
  [urls.accounts.agreement, 'user-agreement'],
  [urls.accounts.acceptAgreement, 'user-agreement'],
  [urls.registration.start, 'serial-numbers'],
  [urls.registration.purchases, 'home'],
  [urls.registration.details, 'registration'],
  [urls.registration.verify, 'verification'],
  [urls.registration.progress, 'verification'],
  [urls.registration.confirmation, 'confirmation'],
  [urls.upgrades.start, 'version-upgrade'],
  [urls.upgrades.ofLicense, 'version-upgrade'],
  [urls.deployments.downgrade, 'version-upgrade'],
  [urls.organizations.members, 'members'],
  [urls.organizations.join, 'members'],
  [urls.organizations.invited, 'members'],
  [urls.customers.numbers, 'customer-numbers'],
  [urls.fields.list, 'fields'],
  [urls.fields.ofLicense, 'fields'],
  [urls.reminders.notifications, 'notifications'],
  [urls.reminders.unsubscribe, 'notifications'],
  [urls.licenses.catalog, 'license-catalog'],
  [urls.licenses.add, 'license-catalog'],
  [urls.licenses.columns, 'license-catalog'],
  [urls.licenses.searches, 'license-catalog'],
  [urls.licenses.show, 'license-options'],
  [urls.licenses.comments, 'history'],
  [urls.licenses.contacts, 'history'],
  [urls.licenses.address, 'addresses'],
  [urls.sharing.list, 'sharing'],
  [urls.sharing.withMe, 'sharing'],
  [urls.transfers.ownership, 'transfers'],
  [urls.transfers.list, 'transfers'],
  [urls.delegation.list, 'delegation'],
  [urls.partner.customers, 'delegation'],
  [urls.succession.show, 'succession'],
  [urls.succession.domains, 'succession'],
  [urls.deployments.rehost, 'moving-licenses'],
  [urls.deployments.deploy, 'moving-licenses'],
  [urls.deployments.split, 'moving-licenses'],
  [urls.deployments.return, 'moving-licenses'],
  [urls.deployments.reissue, 'moving-licenses'],
  [urls.deployments.done, 'moving-licenses'],
  [urls.software.home, 'get-software'],
  [urls.software.ofLicense, 'get-software'],
  [urls.software.file, 'get-software'],
  [urls.software.key, 'verify-downloads'],
  [urls.software.keyOf, 'verify-downloads'],
  [urls.requests.list, 'service-requests'],
  [urls.requests.recovery, 'account-recovery'],
  [urls.requests.ownershipRequest, 'changing-owners'],
  [urls.admin.home, 'request-queue'],
  [urls.bulk.start, 'bulk-actions'],
  [urls.doctor, 'license-file-doctor'],
]
const depthOf = ({ pattern }: { pattern: string }) => pattern.split('/').length
const explanations = [...explained]
  .sort(([one], [other]) => depthOf(other) - depthOf(one))
  .map(([{ pattern }, topic]) => {
    const below = pattern === urls.home.pattern ? '' : '(/.*)?'
    const address = new RegExp(`^${pattern.replace(/:\w+/g, '[^/]+')}${below}$`)
    return { address, href: urls.help.topic.to({ topic }) }
  })

function helpFor(pathname: string): string {
  return explanations.find(({ address }) => address.test(pathname))?.href ?? urls.help.index.to()
}

/** What the visitor may open: a member's pages, an operator's, or both. */
function navigation(t: T, pathname: string, { role, operator_role }: Actor): NavItem[] {
  const home: NavItem = { text: t('ui.nav.home'), href: urls.home.to(), icon: 'home' }
  const items = [...(role ? [home, ...memberPages(t)] : []), ...(operator_role ? operatorPages(t, operator_role) : [])]
  // Who works for no organization yet may ask for one whose administrators are gone.
  return (items.length > 0 ? items : [home, servicePage(t)]).map((item) => ({
    ...item,
    current: isWithin(pathname, item.href),
  }))
}

function memberPages(t: T): NavItem[] {
  return [
    { text: t('ui.nav.new_purchase'), href: urls.registration.start.to(), icon: 'key' },
    { text: t('ui.nav.upgrade'), href: urls.upgrades.start.to(), icon: 'refresh' },
    { text: t('ui.nav.licenses'), href: urls.licenses.catalog.to(), icon: 'license' },
    { text: t('ui.nav.software'), href: urls.software.home.to(), icon: 'download' },
    servicePage(t),
  ]
}

function servicePage(t: T): NavItem {
  return { text: t('ui.nav.service'), href: urls.requests.list.to(), icon: 'headset' }
}

function operatorPages(t: T, role: OperatorRole): NavItem[] {
  const makesCampaigns = role === 'catalog' || role === 'administrator'
  return [
    { text: t('ui.nav.admin'), href: urls.admin.home.to(), icon: 'settings' },
    { text: t('ui.nav.queue'), href: urls.admin.requests.to(), icon: 'inbox' },
    ...(makesCampaigns
      ? [{ text: t('ui.nav.campaigns'), href: urls.admin.campaigns.to(), icon: 'trending-up' as const }]
      : []),
    { text: t('ui.nav.releases'), href: urls.admin.releases.to(), icon: 'package' },
  ]
}

/** The pages of My Account: `<Page tabs={accountTabs(c)} …>`. */
export function accountTabs(c: Asked): Tabs {
  const { t } = c.var
  const { pathname } = new URL(c.req.url)
  const pages = [
    { text: t('ui.tab.edit_account'), href: urls.accounts.show.to() },
    { text: t('ui.tab.security'), href: urls.accounts.security.to() },
    { text: t('ui.tab.customer_numbers'), href: urls.customers.numbers.to() },
    { text: t('ui.tab.fields'), href: urls.fields.list.to() },
    { text: t('ui.tab.members'), href: urls.organizations.members.to() },
    { text: t('ui.tab.partners'), href: urls.delegation.list.to() },
    { text: t('ui.tab.recovery'), href: urls.succession.show.to() },
    { text: t('ui.tab.notifications'), href: urls.reminders.notifications.to() },
  ]
  const within = pages.filter(({ href }) => isWithin(pathname, href)).sort((a, b) => b.href.length - a.href.length)
  return {
    title: t('ui.tab.my_account'),
    pages: pages.map((page) => ({ ...page, current: page === within[0] })),
  }
}

/** Every page is below a first page, so that one is current only where one is on it. */
function isWithin(pathname: string, href: string): boolean {
  const isFirst = href === urls.home.to() || href === urls.admin.home.to()
  return pathname === href || (!isFirst && pathname.startsWith(`${href}/`))
}

function actingOf({ var: { t, session, visitor } }: Asked, inside: boolean): Shell['acting'] {
  const customer = inside ? session?.acting?.name : undefined
  if (!customer) return undefined
  const text = t(visitor?.via ? 'partner.acting_for' : 'partner.acting_elsewhere', { customer })
  return { text, stop: t('partner.stop'), stopAction: urls.partner.stop.to() }
}

function accountOf(c: Asked, inside: boolean): Account {
  const { t, visitor, session } = c.var
  const organizations = (session?.organizations ?? []).map(({ id, name }) => ({
    id,
    name,
    current: id === session?.organization_id,
  }))
  return {
    name: visitor?.name ?? '',
    email: visitor?.email ?? '',
    organization: organizations.find(({ current }) => current)?.name,
    links: inside
      ? [
          { text: t('ui.nav.account'), href: urls.accounts.show.to(), icon: 'user' },
          { text: t('ui.nav.sessions'), href: urls.accounts.sessions.to(), icon: 'device-desktop' },
        ]
      : [],
    signOutAction: urls.accounts.signOut.to(),
    switchAction: inside ? urls.organizations.switch.to() : undefined,
    organizations,
  }
}

function brandOf(c: Asked): Shell['brand'] {
  const { config, t } = c.var
  const { logo, style } = brandFilesOf(config.vendor)
  return {
    name: config.vendor.name,
    logoUrl: logo?.url,
    cssUrl: style?.url,
    panel: {
      title: t('ui.tagline'),
      points: [
        { icon: 'key', text: t('ui.panel.register') },
        { icon: 'license', text: t('ui.panel.manage') },
        { icon: 'shield-check', text: t('ui.panel.verify') },
      ],
    },
  }
}

/** Without a mail server, what the portal sends is read in the mailbox of the demo. */
function showsMailbox(config: PublicEnv['Variables']['config']): boolean {
  return !config.production && !config.smtp_url
}

function backFrom(c: Asked): string {
  const referer = c.req.header('referer')
  if (!referer || !URL.canParse(referer)) return urls.home.to()
  const { origin, pathname, search } = new URL(referer)
  return origin === new URL(c.req.url).origin ? pathname + search : urls.home.to()
}

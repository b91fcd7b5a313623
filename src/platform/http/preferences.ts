import type { Context, MiddlewareHandler } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { formatFor, isLocale, type Locale, localeFor, textsFor } from '../i18n.ts'
import type { PublicEnv } from './env.ts'

const cookies = { locale: 'keyport_language', theme: 'keyport_theme' }
const themes = ['auto', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** Language and appearance chosen on this device, else what the browser asks for. */
export const readPreferences: MiddlewareHandler<PublicEnv> = async (c, next) => {
  const theme = getCookie(c, cookies.theme)
  c.set('theme', isTheme(theme) ? theme : 'auto')
  speak(c, chosenLocale(c) ?? localeFor(c.req.header('accept-language')), 'UTC')
  await next()
}

/**
 * The account's language and time zone, once it is known who asks. A language chosen on this device wins, so that the
 * choice on the login page survives the login.
 */
export const preferVisitor: MiddlewareHandler<PublicEnv> = async (c, next) => {
  const { visitor } = c.var
  if (visitor) speak(c, chosenLocale(c) ?? visitor.locale, visitor.time_zone)
  await next()
}

/** Texts, dates and numbers of this request from here on. */
export function speak(c: Context<PublicEnv>, locale: Locale, time_zone: string): void {
  c.set('locale', locale)
  c.set('time_zone', time_zone)
  c.set('t', textsFor(locale))
  c.set('format', formatFor(locale, time_zone))
}

/** The language chosen on this device, if any. */
export function chosenLocale(c: Context<PublicEnv>): Locale | undefined {
  const chosen = getCookie(c, cookies.locale)
  return isLocale(chosen) ? chosen : undefined
}

/** Remembers the language on this device for a year. */
export function keepLocale(c: Context<PublicEnv>, locale: Locale): void {
  keep(c, cookies.locale, locale)
}

/** Remembers the appearance on this device for a year. */
export function keepTheme(c: Context<PublicEnv>, theme: Theme): void {
  keep(c, cookies.theme, theme)
}

export function isTheme(value: unknown): value is Theme {
  return themes.includes(value as Theme)
}

function keep(c: Context<PublicEnv>, name: string, value: string): void {
  const secure = c.var.config.base_url.startsWith('https:')
  setCookie(c, name, value, { path: '/', httpOnly: true, sameSite: 'Lax', secure, maxAge: 365 * 86_400 })
}

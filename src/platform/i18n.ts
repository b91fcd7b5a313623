import { IntlMessageFormat } from 'intl-messageformat'
import { en } from '../../messages/en.ts'
import { fr } from '../../messages/fr.ts'
import { ptBR } from '../../messages/pt-BR.ts'
import type { Day } from './actor.ts'

export const locales = ['en', 'fr', 'pt-BR'] as const
export type Locale = (typeof locales)[number]
/** Each language in its own words, for the language selector. */
export const localeNames: Record<Locale, string> = { en: 'English', fr: 'Français', 'pt-BR': 'Português (Brasil)' }

export type MessageKey = keyof typeof en
type Value = string | number | Date

/** Names of the placeholders in an ICU text: what follows a `{` up to `}` or `,` and is one word. */
type Placeholder<S extends string> = S extends `${string}{${infer Rest}`
  ?
      | Word<
          Rest extends `${infer Name}}${string}` ? (Name extends `${infer Before},${string}` ? Before : Name) : never
        >
      | Placeholder<Rest>
  : never
type Word<S extends string> = S extends '' | `${string} ${string}` | `#${string}` | `${string}{${string}` ? never : S
type Values<K extends MessageKey> = { [Name in Placeholder<(typeof en)[K]>]: Value }

/** Looks a text up and fills it in: `t('orders.count', { count: 3 })`. Placeholders are checked by the compiler. */
export type T = <K extends MessageKey>(
  key: K,
  ...values: [Placeholder<(typeof en)[K]>] extends [never] ? [] : [Values<K>]
) => string

const fixed = Object.entries<string>(fr).map(([key, text]) => [key, withFixedSpaces('fr', text)])
const catalogs: Record<Locale, Record<MessageKey, string>> = { en, fr: Object.fromEntries(fixed), 'pt-BR': ptBR }
const compiled = new Map<string, IntlMessageFormat>()

/** French sets a space before some signs, within quotation marks and within numbers: no line may break there. */
export function withFixedSpaces(locale: Locale, text: string): string {
  return locale === 'fr' ? text.replace(/ (?=[:;?!»%])|(?<=«) |(?<=\d) (?=\d{3}(?!\d))/g, '\u00a0') : text
}

/** The texts of one language. */
export function textsFor(locale: Locale): T {
  const catalog = catalogs[locale]
  return (key, ...values) => {
    const text = catalog[key]
    const fill = values[0] as Record<string, Value> | undefined
    if (!fill) return text.includes('{') || text.includes("'") ? format(locale, key, text, {}) : text
    return format(locale, key, text, fill)
  }
}

function format(locale: Locale, key: string, text: string, values: Record<string, Value>): string {
  const id = `${locale}:${key}`
  let message = compiled.get(id)
  if (!message) {
    message = new IntlMessageFormat(text, locale, undefined, { ignoreTag: true })
    compiled.set(id, message)
  }
  return withoutDoubledStops(String(message.format(values)), Object.values(values))
}

/** A name such as "Example Inc." brings the full stop of a sentence that it ends. */
function withoutDoubledStops(sentence: string, values: Value[]): string {
  const abbreviated = values.filter((value) => typeof value === 'string' && value.endsWith('.'))
  return abbreviated.reduce<string>((text, value) => text.replaceAll(`${value}.`, () => String(value)), sentence)
}

export function isLocale(value: unknown): value is Locale {
  return locales.includes(value as Locale)
}

/** The best language for an `Accept-Language` header. */
export function localeFor(acceptLanguage: string | undefined): Locale {
  for (const part of (acceptLanguage ?? '').split(',')) {
    const tag = part.split(';')[0]!.trim().toLowerCase()
    const found = locales.find((locale) => locale.toLowerCase() === tag || locale.slice(0, 2) === tag.slice(0, 2))
    if (tag && found) return found
  }
  return 'en'
}

/** Dates and numbers for one reader: all pages and e-mails go through it. */
export type Format = ReturnType<typeof formatFor>

const formats = new Map<string, ReturnType<typeof makeFormat>>()

export function formatFor(locale: Locale, time_zone: string) {
  const id = `${locale}|${time_zone}`
  let found = formats.get(id)
  if (!found) {
    found = makeFormat(locale, time_zone)
    if (formats.size > 1000) formats.clear()
    formats.set(id, found)
  }
  return found
}

function makeFormat(locale: Locale, time_zone: string) {
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })
  const shortDay = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  const dayAndMonth = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'numeric', timeZone: 'UTC' })
  const month = new Intl.DateTimeFormat(locale, { month: 'short', year: '2-digit', timeZone: 'UTC' })
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: time_zone })
  const number = new Intl.NumberFormat(locale)
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const region = new Intl.DisplayNames(locale, { type: 'region' })
  const language = new Intl.DisplayNames(locale, { type: 'language' })
  return {
    /** A calendar day, long: "3 March 2027". */
    day: (value: Day) => day.format(new Date(`${value}T00:00:00Z`)),
    /** A calendar day, for tables. */
    shortDay: remembered((value: Day) => shortDay.format(new Date(`${value}T00:00:00Z`))),
    /** A calendar day without its year, for the axis of a chart. */
    dayAndMonth: (value: Day) => dayAndMonth.format(new Date(`${value}T00:00:00Z`)),
    /** The month of a calendar day: "Mar 27". */
    month: (value: Day) => month.format(new Date(`${value}T00:00:00Z`)),
    /** A moment in the reader's time zone. */
    moment: (value: Date) => moment.format(value),
    number: (value: number) => number.format(value),
    /** How far a day is from today: "in 102 days", "3 months ago". */
    relativeDay: (value: Day, today: Day) => relativeDays(relative, daysBetween(today, value)),
    country: (code: string) => region.of(code) ?? code,
    /** A language by its tag: "French". */
    language: (tag: string) => language.of(tag) ?? tag,
  }
}

/** A list names the same days again and again, and `Intl` takes its time for each. */
function remembered<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>()
  return (key) => {
    let value = known.get(key)
    if (value === undefined) {
      value = make(key)
      if (known.size > 4000) known.clear()
      known.set(key, value)
    }
    return value
  }
}

function relativeDays(relative: Intl.RelativeTimeFormat, days: number): string {
  if (Math.abs(days) <= 120) return relative.format(days, 'day')
  if (Math.abs(days) <= 730) return relative.format(Math.round(days / 30.44), 'month')
  return relative.format(Math.round(days / 365.25), 'year')
}

/** Whole days from one calendar day to another. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}

/** What a license's dates mean, in the one vocabulary of the portal (domain.md, "License status"). No I/O here. */
import type { Day } from '../platform/actor.ts'

export const statuses = [
  'active',
  'start_planning',
  'expiring',
  'grace',
  'expired',
  'planned',
  'superseded',
  'revoked',
  'unregistered',
] as const
export type LicenseStatus = (typeof statuses)[number]

/** What asks for attention comes first: how a catalog ordered by status begins. */
export const statusOrder: readonly LicenseStatus[] = [
  'grace',
  'expiring',
  'start_planning',
  'expired',
  'unregistered',
  'planned',
  'active',
  'superseded',
  'revoked',
]

export const kinds = ['product', 'subscription', 'maintenance', 'content'] as const
export type LicenseKind = (typeof kinds)[number]

/** What a quantity counts. */
export type Meter = 'device' | 'user' | 'server' | 'core' | 'instance' | 'site'

export type Maintenance = { state: 'covered' | 'lapsed'; until: Day } | { state: 'none' }

/** The dates of a license that its status speaks of. */
export type LicenseDates = {
  status: LicenseStatus
  kind: LicenseKind
  starts_on: Day | null
  ends_on: Day | null
  grace_days: number
  superseded_on: Day | null
  revoked_on: Day | null
}

/** What the reader must know besides the word: the day it is about, and what works or stops working. */
export type StatusFacts = {
  status: LicenseStatus
  /** The day the status turns on; null for a license without an end. */
  day: Day | null
  /** Names the text that says what works, or stops working, and when. */
  consequence: Consequence
}

export type Consequence =
  | 'unregistered'
  | 'planned'
  | 'perpetual'
  | 'revoked'
  | 'superseded'
  | `${'use' | 'coverage'}_${'runs' | 'ending' | 'grace' | 'ended'}`

/**
 * The day and the consequence that a status is always shown with. Maintenance and content cover another license:
 * when they end, updates and support end, while the product itself goes on.
 */
export function factsOf(license: LicenseDates): StatusFacts {
  const { status, ends_on } = license
  const stops = license.kind === 'maintenance' || license.kind === 'content' ? 'coverage' : 'use'
  switch (status) {
    case 'unregistered':
      return { status, day: null, consequence: 'unregistered' }
    case 'planned':
      return { status, day: license.starts_on, consequence: 'planned' }
    case 'active':
      if (!ends_on) return { status, day: null, consequence: 'perpetual' }
      return { status, day: ends_on, consequence: `${stops}_runs` }
    case 'start_planning':
    case 'expiring':
      return { status, day: ends_on, consequence: `${stops}_ending` }
    case 'grace':
      return { status, day: dayAfter(ends_on!, license.grace_days), consequence: `${stops}_grace` }
    case 'expired':
      return { status, day: ends_on, consequence: `${stops}_ended` }
    case 'superseded':
      return { status, day: license.superseded_on, consequence: 'superseded' }
    case 'revoked':
      return { status, day: license.revoked_on, consequence: 'revoked' }
  }
}

/** Whether updates and support are paid for today. */
export function maintenanceOf(until: Day | null, today: Day): Maintenance {
  if (!until) return { state: 'none' }
  return { state: until < today ? 'lapsed' : 'covered', until }
}

/**
 * The days on which a license with this status ends, when none has more than `longest_grace` days of grace; null when
 * the status says nothing about its end.
 */
export function endsBetween(status: LicenseStatus, today: Day, longest_grace: number): { from: Day; to: Day } | null {
  switch (status) {
    case 'start_planning':
      return { from: dayAfter(today, 30), to: dayAfter(today, 90) }
    case 'expiring':
      return { from: today, to: dayAfter(today, 29) }
    case 'grace':
      return { from: dayAfter(today, -longest_grace), to: dayAfter(today, -1) }
    case 'expired':
      return { from: '0001-01-01', to: dayAfter(today, -1) }
    default:
      return null
  }
}

/** The day so many days after another. */
export function dayAfter(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** Whether a text is a calendar day that PostgreSQL can read. */
export function isDay(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  return text >= '0001' && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

/** A text as `license_field_values.sort_value` has it: in lower case, without accents. */
export function foldText(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}

/** A serial number folded as the column `serial_lookalike`: any case, no hyphens, O as 0, I and L as 1. */
export function foldSerial(text: string): string {
  return text
    .toUpperCase()
    .replaceAll('-', '')
    .replace(/[OILUQ]/g, (letter) => folded[letter as keyof typeof folded])
}

const folded = { O: '0', I: '1', L: '1', U: 'V', Q: '0' }

/** A key as a reader without the right to take it sees it: that it exists, and its last signs to tell it apart. */
export function maskKey(key: string): string {
  return `••••• ${key.slice(-4)}`
}

type Properties = Record<string, { title?: string; 'x-locales'?: Record<string, { title?: string }> }>

/** What registration asked and was answered: in the order of the schema, in the reader's language. */
export function answersOf(fields: Record<string, unknown>, schema: unknown, locale: string) {
  const properties = (schema as { properties?: Properties } | null)?.properties ?? {}
  const names = new Set([...Object.keys(properties), ...Object.keys(fields)])
  return [...names]
    .filter((name) => Object.hasOwn(fields, name))
    .map((name) => {
      const property = properties[name]
      return { question: property?.['x-locales']?.[locale]?.title ?? property?.title ?? name, value: fields[name] }
    })
}

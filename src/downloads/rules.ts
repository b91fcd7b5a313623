/** Who may download what, and what a release is made of. No I/O here. */
import type { Day } from '../platform/actor.ts'

export const releaseStates = ['staged', 'published', 'withdrawn'] as const
export type ReleaseState = (typeof releaseStates)[number]

/** What a file runs on, in the order of the page. */
export const platforms = [
  'windows-x64',
  'windows-arm64',
  'macos',
  'macos-arm64',
  'macos-x64',
  'linux-x64',
  'linux-arm64',
  'aix',
  'solaris',
  'any',
] as const
export type Platform = (typeof platforms)[number]

/** As the schema checks it: nothing that a shell, a path or a header reads otherwise. */
export const fileName = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,119}$/
/** A language tag such as `fr` or `pt-BR`. */
export const languageTag = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/
/** Ten gigabytes were promised; more is refused before it fills a disk. */
export const largestFile = 50 * 1024 ** 3

/** Days after its last part that an upload can be resumed. */
export const uploadDays = 7
/** Milliseconds that a link works: a large file over a slow line, paused over night. */
export const linkLifetime = 24 * 3600_000

/** What a license says about software, on a day in the time zone of whoever asks. */
export type LicenseFacts = {
  kind: 'product' | 'maintenance' | 'content' | 'subscription'
  registered: boolean
  revoked: boolean
  superseded: boolean
  starts_on: Day | null
  ends_on: Day | null
  grace_days: number
  /** Last day of maintenance, that day included. */
  maintenance_until: Day | null
  /** Whether the release is of the very version that was bought. */
  own_version: boolean
  /** Whether its owner only lets the organization see it. */
  view_only: boolean
}

export type ReleaseFacts = {
  /** The day the vendor gave to the version: a calendar day, the same everywhere. */
  released_on: Day
  withdrawn: boolean
  /** Whether the organization downloaded it before. */
  used: boolean
}

/** Why a license gives no right to a release; each has its text and its way out. */
export const refusals = [
  'unregistered',
  'revoked',
  'superseded',
  'not_started',
  'ended',
  'after_maintenance',
  'no_maintenance',
  'withdrawn',
  'view_only',
] as const
export type Refusal = (typeof refusals)[number]

/**
 * Why a license gives no right to a release today, or null when it does. Perpetual and term licenses: the version that
 * was bought, and what was released up to the last day of maintenance. Subscriptions, maintenance and content: every
 * version, while they run or are in grace. What was withdrawn stays for those who use it.
 * `may_download` in the migrations is the same in SQL but for the level, which is no fact of the license; a test
 * compares the two. Source: domain.md §12; levels: §8.
 */
export function refusalOf(license: LicenseFacts, release: ReleaseFacts, today: Day): Refusal | null {
  if (!license.registered) return 'unregistered'
  if (license.revoked) return 'revoked'
  if (license.superseded) return 'superseded'
  if (license.view_only) return 'view_only'
  if (license.starts_on && license.starts_on > today) return 'not_started'
  if (license.ends_on && dayAfter(license.ends_on, license.grace_days) < today) return 'ended'
  if (release.withdrawn && !release.used) return 'withdrawn'
  if (license.own_version || license.kind !== 'product') return null
  if (!license.maintenance_until) return 'no_maintenance'
  return release.released_on > license.maintenance_until ? 'after_maintenance' : null
}

function dayAfter(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** Whether a file is offered in a country; one that is offered everywhere needs to know none. */
export function isOfferedIn(countries: readonly string[], country: string | null): boolean {
  return countries.length === 0 || (country !== null && countries.includes(country))
}

/** What may be done with a license by whom, and why not. No I/O here. */
import { isAtLeast, type Member, type Role } from '../platform/actor.ts'

/** The entries of License Key Options, in their order on the page. */
export const licenseOptions = [
  'address',
  'rehost',
  'deploy',
  'fields',
  'comment',
  'contacts',
  'tags',
  'split',
  'return',
  'reissue',
  'software',
  'certificate',
] as const
export type LicenseOption = (typeof licenseOptions)[number]

/** Why an entry is not for this license, or not for this user; each has its text. */
export type OptionRefusal = 'unregistered' | 'revoked' | 'superseded' | 'role'

export type OptionFacts = {
  /** Whether the actor's organization owns it; otherwise it is a bookmark of a license that nobody has registered. */
  owned: boolean
  revoked: boolean
  superseded: boolean
}

/** What only shows something; whether there is a file to take is said there. */
const readingOptions: readonly LicenseOption[] = ['software', 'certificate']
const lowestRole = (option: LicenseOption): Role => (readingOptions.includes(option) ? 'viewer' : 'manager')

/** What an organization notes for itself, and the paper of the purchase, stay whatever becomes of a license. */
const always: readonly LicenseOption[] = ['comment', 'tags', ...readingOptions]
/** What stays as a note about a license that no longer counts. */
const alsoWhenEnded: readonly LicenseOption[] = [...always, 'fields']

/** Why somebody cannot choose an entry for a license, or null. What the license itself rules out is said first. */
function refusalOfOption(
  option: LicenseOption,
  license: OptionFacts,
  actor: Pick<Member, 'role' | 'organization_id' | 'user_id'>,
): OptionRefusal | null {
  return refusalOfLicense(option, license) ?? (isAtLeast(actor as Member, lowestRole(option)) ? null : 'role')
}

/** Why an entry is not possible for a license, whoever asks: what commands on many licenses check for each. */
export function refusalOfLicense(option: LicenseOption, license: OptionFacts): Exclude<OptionRefusal, 'role'> | null {
  if (!license.owned && !always.includes(option)) return 'unregistered'
  if (alsoWhenEnded.includes(option)) return null
  if (license.revoked) return 'revoked'
  return license.superseded ? 'superseded' : null
}

/** Every entry with the reason why not, if any. */
export function optionsOf(
  license: OptionFacts,
  actor: Pick<Member, 'role' | 'organization_id' | 'user_id'>,
): Record<LicenseOption, OptionRefusal | null> {
  const entries = licenseOptions.map((option) => [option, refusalOfOption(option, license, actor)])
  return Object.fromEntries(entries)
}

/** The facts of a row of `licenses`, for an organization. */
export function optionFactsOf(
  row: { owner_id: string | null; revoked_at: Date | null; superseded_at: Date | null },
  organization_id: string,
): OptionFacts {
  return {
    owned: row.owner_id === organization_id,
    revoked: row.revoked_at !== null,
    superseded: row.superseded_at !== null,
  }
}

/** What may be done with a license by whom, and why not. No I/O here. */
import { isAtLeast, type Member, type Role } from '../platform/actor.ts'
import type { Held } from './levels.ts'

/** The entries of License Key Options, in their order on the page. */
export const licenseOptions = [
  'upgrade',
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
  'downgrade',
  'software',
  'certificate',
  'share',
  'ownership',
] as const
export type LicenseOption = (typeof licenseOptions)[number]

/** Why an entry is not for this license, or not for this user; each has its text. */
export type OptionRefusal = LicenseRefusal | 'not_owner' | 'level' | 'role'
/** What stands in the license itself. */
export type LicenseRefusal = 'unregistered' | 'revoked' | 'superseded'

export type OptionFacts = {
  /** Whether somebody owns it; otherwise it is a bookmark of a license that nobody has registered. */
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
const alsoWhenEnded: readonly LicenseOption[] = [...always, 'fields', 'share']
/** What nobody does with a license that another organization lets him use. */
const onlyOwners: readonly LicenseOption[] = ['return', 'share', 'ownership']
/** What needs full access to a license of others; user-defined fields are the reader's own, too. */
const onlyFull: readonly LicenseOption[] = [
  'address',
  'rehost',
  'deploy',
  'contacts',
  'split',
  'reissue',
  'upgrade',
  'downgrade',
]

/**
 * Why somebody cannot choose an entry for a license, or null. That it is another organization's is said before what
 * the license itself rules out, and that before the role.
 */
function refusalOfOption(
  option: LicenseOption,
  license: OptionFacts & Held,
  actor: Pick<Member, 'role' | 'organization_id' | 'user_id' | 'via'>,
): OptionRefusal | null {
  if ((option === 'comment' || option === 'tags') && !seesNotes(actor, license)) return 'level'
  return refusalFor(option, license) ?? (isAtLeast(actor as Member, lowestRole(option)) ? null : 'role')
}

/**
 * Whether comments and tags of the reader's organization on a license are the reader's to see: they are its own notes,
 * which who acts for it (`via`) sees only on what it manages in full.
 */
export function seesNotes({ via }: { via?: unknown }, { level }: Pick<Held, 'level'>): boolean {
  return !via || level === 'full'
}

/** Why an entry is not possible for a license that the reader's organization has in some way, whatever the role. */
export function refusalFor(option: LicenseOption, license: OptionFacts & Held): Exclude<OptionRefusal, 'role'> | null {
  return (license.owned ? refusalOfHeld(option, license) : null) ?? refusalOfLicense(option, license)
}

function refusalOfHeld(option: LicenseOption, { own, level }: Held): 'not_owner' | 'level' | null {
  if (own) return null
  if (onlyOwners.includes(option)) return 'not_owner'
  return onlyFull.includes(option) && level !== 'full' ? 'level' : null
}

/** Why an entry is not possible for a license, whoever asks: what commands on many licenses check for each. */
export function refusalOfLicense(option: LicenseOption, license: OptionFacts): LicenseRefusal | null {
  if (!license.owned && !always.includes(option)) return 'unregistered'
  if (alsoWhenEnded.includes(option)) return null
  if (license.revoked) return 'revoked'
  return license.superseded ? 'superseded' : null
}

/** Every entry with the reason why not, if any. */
export function optionsOf(
  license: OptionFacts & Held,
  actor: Pick<Member, 'role' | 'organization_id' | 'user_id' | 'via'>,
): Record<LicenseOption, OptionRefusal | null> {
  const entries = licenseOptions.map((option) => [option, refusalOfOption(option, license, actor)])
  return Object.fromEntries(entries)
}

/** The facts of a row of `licenses`, for an organization that owns it, or manages it on behalf of its owner. */
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

/**
 * Why a license cannot change its owner: it ended, a request to move it is open, whose keys would be left behind, or it
 * is upgraded, and will be taken from whoever owns it when the overlap ends.
 */
export type AssignmentRefusal = 'revoked' | 'superseded' | 'moving' | 'upgrading'

export function refusalOfAssignment(license: {
  revoked: boolean
  superseded: boolean
  /** A temporary key bridges the time until a request is decided. */
  moving: boolean
  /** Old keys still work beside those of an upgrade. */
  upgrading: boolean
}): AssignmentRefusal | null {
  if (license.revoked) return 'revoked'
  if (license.superseded) return 'superseded'
  if (license.moving) return 'moving'
  return license.upgrading ? 'upgrading' : null
}

/**
 * What somebody may do with a license: the lower of the role in the own organization and the level at which that
 * organization has the license. Decided here and nowhere else; no I/O.
 */
import { type Role, roles } from '../platform/actor.ts'

/** What an owner lets others do, ordered: see it · take its keys, too · manage it as the owner's managers do. */
export const levels = ['view', 'download', 'full'] as const
export type Level = (typeof levels)[number]

/** The level as grants store it: the higher, the more. */
export function rankOf(level: Level): number {
  return levels.indexOf(level) + 1
}

/** The role that each level comes to at most. Administrators of others administer nothing here. */
const roleOfLevel: Record<Level, Role> = { view: 'viewer', download: 'downloader', full: 'manager' }

/** A license as far as its reader is concerned: whose it is, and at which level the reader's organization has it. */
export type Held = { own: boolean; level: Level }

/** The role in which somebody acts on a license. */
export function roleOn(role: Role, { own, level }: Held): Role {
  if (own) return role
  const most = roleOfLevel[level]
  return roles.indexOf(role) < roles.indexOf(most) ? role : most
}

/** Whether somebody may do with a license what asks for a role. */
export function mayOn(actor: { role: Role }, license: Held, least: Role): boolean {
  return roles.indexOf(roleOn(actor.role, license)) >= roles.indexOf(least)
}

/**
 * Organizations hold licenses; people work for them as members.
 *
 * Invariants: an organization begins with an administrator; nobody switches to an organization without being a
 * member of it. Roles, ordered: viewer < downloader < manager < administrator.
 * Owns: organizations, memberships, and the column "activeOrganizationId" of auth.session.
 */
export { addMember } from './add-member.ts'
export { createOrganization } from './create-organization.ts'
export { organizationsWeb } from './web.ts'

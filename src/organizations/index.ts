/**
 * Organizations hold licenses; people work for them as members.
 *
 * Invariants: an organization begins with an administrator, and never loses the last one while it has other members
 * (changes of its people wait for one another at its row); nobody switches to an organization without being a member
 * of it; who joins was invited at a confirmed address, or was granted access by an administrator. Whoever asks for
 * access learns nothing about who works where. Roles, ordered: viewer < downloader < manager < administrator.
 * Owns: organizations, memberships, invitations, access_requests, and the column "activeOrganizationId" of auth.session.
 */
export { acceptClaimedInvitations, claimInvitation } from './accept-invitation.ts'
export { addMember } from './add-member.ts'
export { appointAdministrator } from './appoint-administrator.ts'
export { askAccessJob } from './ask-access.ts'
export { createOrganization } from './create-organization.ts'
export { inviteMember } from './invite-member.ts'
export { makeAdministrator } from './make-administrator.ts'
export { findInvitation, type Invitation, listInvitationsFor } from './queries.ts'
export { leaveOrganizations } from './remove-member.ts'
export { stateOfInvitation } from './rules.ts'
export { organizationsWeb } from './web.ts'

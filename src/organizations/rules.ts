import type { Role } from '../platform/actor.ts'

/** Days that the link of an invitation works. */
export const invitationDays = 14
/** Invitations of one organization that wait for an answer. */
export const mostInvitations = 100
/** Days after a refusal until the same user may ask the same organization again. */
export const refusalDays = 7

/** Whether what happens to this member would leave nobody to manage the others. */
export function isLastAdministrator(member: { role: Role }, administrators: number): boolean {
  return member.role === 'administrator' && administrators <= 1
}

/** What an invitation is worth now. */
export function stateOfInvitation(
  invitation: { accepted_at: Date | null; withdrawn_at: Date | null; expires_at: Date },
  now: Date,
): 'open' | 'accepted' | 'withdrawn' | 'expired' {
  if (invitation.accepted_at) return 'accepted'
  if (invitation.withdrawn_at) return 'withdrawn'
  return invitation.expires_at <= now ? 'expired' : 'open'
}

/** Lines of an organization's history that its administrators read, in the words of `organizations.event.…`. */
export const historyActions = [
  'access.granted',
  'access.refused',
  'access.requested',
  'account.created',
  'calendar.created',
  'calendar.revoked',
  'customer.associated',
  'customer.removed',
  'delegation.asked',
  'delegation.ended',
  'delegation.granted',
  'delegation.refused',
  'delegation.withdrawn',
  'invitation.resent',
  'invitation.sent',
  'invitation.withdrawn',
  'member.added',
  'member.left',
  'member.removed',
  'member.role_changed',
  'organization.changed',
  'organization.created',
  'recovery.asked',
  'recovery.completed',
  'recovery.stopped',
  'recovery.withdrawn',
  'registration.completed',
  'share.created',
  'share.ended',
  'share.removed',
  'transfer.accepted',
  'transfer.assigned',
  'transfer.declined',
  'transfer.expired',
  'transfer.offered',
  'transfer.undone',
  'transfer.withdrawn',
] as const
export type HistoryAction = (typeof historyActions)[number]

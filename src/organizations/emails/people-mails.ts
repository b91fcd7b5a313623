import type { Role } from '../../platform/actor.ts'
import type { T } from '../../platform/i18n.ts'
import type { MailContent } from '../../platform/mail/index.ts'
import type { MailTexts } from './mail-texts.ts'

const roleIn = (t: T, role: Role) => t(`organizations.role.${role}`)

/** Asks somebody to work for an organization. */
export function invitationMail(
  props: MailTexts & { organization: string; inviter: string; role: Role; url: string; until: string },
): MailContent {
  const { t, organization, inviter, role, url, until, vendor_name } = props
  return {
    subject: t('organizations.mail.invitation.subject', { organization, vendor: vendor_name }),
    heading: t('organizations.mail.invitation.heading', { organization }),
    paragraphs: [t('organizations.mail.invitation.text', { inviter, organization, vendor: vendor_name })],
    details: [
      [t('organizations.organization'), organization],
      [t('organizations.role'), `${roleIn(t, role)} – ${t(`organizations.role.${role}.hint`)}`],
      [t('organizations.mail.invitation.until'), until],
    ],
    action: { label: t('organizations.mail.invitation.action'), url },
    closing: t('organizations.mail.invitation.closing'),
  }
}

/** Tells the inviter that a colleague has joined. */
export function joinedMail(
  props: MailTexts & { organization: string; who: string; role: Role; url: string },
): MailContent {
  const { t, name, organization, who, role, url } = props
  return {
    subject: t('organizations.mail.joined.subject', { who, organization }),
    heading: t('organizations.mail.joined.heading', { who, organization }),
    paragraphs: [
      t('organizations.mail.hello', { name }),
      t('organizations.mail.joined.text', { who, organization, role: roleIn(t, role) }),
    ],
    action: { label: t('organizations.mail.members'), url },
  }
}

/** Tells a member what may be done from now on. */
export function roleChangedMail(
  props: MailTexts & { organization: string; who: string; role: Role; url: string },
): MailContent {
  const { t, name, organization, who, role, url } = props
  return {
    subject: t('organizations.mail.role.subject', { organization }),
    heading: t('organizations.mail.role.heading', { organization }),
    paragraphs: [
      t('organizations.mail.hello', { name }),
      t('organizations.mail.role.text', { who, organization, role: roleIn(t, role) }),
    ],
    details: [[roleIn(t, role), t(`organizations.role.${role}.hint`)]],
    action: { label: t('organizations.mail.members'), url },
  }
}

/** Tells administrators that the vendor appointed another one. */
export function appointedMail(
  props: MailTexts & { organization: string; who: string; reason: string; url: string },
): MailContent {
  const { t, name, organization, who, reason, url, vendor_name } = props
  return {
    subject: t('organizations.mail.appointed.subject', { who, organization }),
    heading: t('organizations.mail.appointed.heading', { who }),
    paragraphs: [
      t('organizations.mail.hello', { name }),
      t('organizations.mail.appointed.text', { who, organization, vendor: vendor_name }),
      reason,
      t('organizations.mail.appointed.wrong', { vendor: vendor_name }),
    ],
    action: { label: t('organizations.mail.members'), url },
  }
}

/** Tells somebody who was removed. */
export function removedMail(props: MailTexts & { organization: string; who: string }): MailContent {
  const { t, name, organization, who } = props
  return {
    subject: t('organizations.mail.removed.subject', { organization }),
    heading: t('organizations.mail.removed.heading', { organization }),
    paragraphs: [t('organizations.mail.hello', { name }), t('organizations.mail.removed.text', { who, organization })],
  }
}

/** Tells an administrator who asks for access. */
export function accessRequestedMail(
  props: MailTexts & { organization: string; who: string; email: string; message: string; url: string },
): MailContent {
  const { t, name, organization, who, email, message, url } = props
  return {
    subject: t('organizations.mail.requested.subject', { who, organization }),
    heading: t('organizations.mail.requested.heading', { organization }),
    paragraphs: [
      t('organizations.mail.hello', { name }),
      t('organizations.mail.requested.text', { who, email, organization }),
    ],
    details: message ? [[t('organizations.ask.message'), message]] : [],
    action: { label: t('organizations.mail.requested.action'), url },
    closing: t('organizations.mail.requested.closing'),
  }
}

/** Tells the asker what an administrator answered; `role` null means no, and then the organization stays unnamed. */
export function accessAnsweredMail(
  props: MailTexts & { organization: string; role: Role | null; url: string },
): MailContent {
  const { t, name, organization, role, url } = props
  const hello = t('organizations.mail.hello', { name })
  if (!role) {
    return {
      subject: t('organizations.mail.refused.subject'),
      heading: t('organizations.mail.refused.heading'),
      paragraphs: [hello, t('organizations.mail.refused.text')],
    }
  }
  return {
    subject: t('organizations.mail.granted.subject', { organization }),
    heading: t('organizations.mail.granted.heading', { organization }),
    paragraphs: [hello, t('organizations.mail.granted.text', { organization, role: roleIn(t, role) })],
    action: { label: t('organizations.mail.granted.action'), url },
  }
}

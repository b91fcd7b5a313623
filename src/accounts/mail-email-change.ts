import type { Config } from '../platform/config.ts'
import type { Trx } from '../platform/db/index.ts'
import { enqueueMails } from '../platform/mail/index.ts'
import { confirmEmailChangeMail, emailChangedMail, emailTakenMail } from './emails/email-change.ts'
import { linksFor } from './links.ts'
import { mailTo, type User } from './queries.ts'

type Links = { user: User; now: Date; new_email: string; tokens: { old: string; new?: string } }

/** One link to each address; the mail to the old one also says what to do if it was somebody else. */
export async function mailConfirmLinks(trx: Trx, config: Config, { user, now, new_email, tokens }: Links) {
  const mail = mailTo(user, config)
  const texts = { ...mail, old_email: user.email, new_email }
  const { confirmNewEmail, security } = linksFor(config)
  const mails = Object.entries(tokens).map(([side, token]) => {
    const envelope = mail.envelope(`email-change-${side}`)
    const to = side === 'new' ? { ...envelope.to, email: new_email } : envelope.to
    const props = { ...texts, side: side as 'old' | 'new', confirm_url: confirmNewEmail(token), security_url: security }
    return { ...envelope, to, content: confirmEmailChangeMail(props) }
  })
  await enqueueMails(trx, now, mails)
}

/** Somebody wants an address that has an account: only its owner learns of it. */
export async function mailAddressTaken(trx: Trx, config: Config, holder: User, now: Date): Promise<void> {
  const mail = mailTo(holder, config)
  const content = emailTakenMail({ ...mail, email: holder.email, sign_in_url: linksFor(config).sign_in })
  await enqueueMails(trx, now, [{ ...mail.envelope('email-change-taken'), content }])
}

/** Tells both mailboxes that the address changed. */
export async function mailChangedEmail(
  trx: Trx,
  config: Config,
  { user, new_email, now }: { user: User; new_email: string; now: Date },
): Promise<void> {
  const mail = mailTo(user, config)
  const { security } = linksFor(config)
  const content = emailChangedMail({ ...mail, old_email: user.email, new_email, security_url: security })
  const envelope = mail.envelope('email-changed')
  const mails = [user.email, new_email].map((email) => ({ ...envelope, to: { ...envelope.to, email }, content }))
  await enqueueMails(trx, now, mails)
}

import type { Config } from '../platform/config.ts'
import type { Trx } from '../platform/db/index.ts'
import { enqueueMails } from '../platform/mail/index.ts'
import { type SecurityNotice, securityNoticeMail } from './emails/security-notice.ts'
import { linksFor } from './links.ts'
import { findUser, mailTo } from './queries.ts'

/** Tells the owner of an account about a change of how it is signed in to, so that a stranger's stays not unseen. */
export async function mailSecurityNotice(
  trx: Trx,
  config: Config,
  { user_id, now }: { user_id: string; now: Date },
  notice: SecurityNotice,
  facts: { left?: number; passkey?: string } = {},
): Promise<void> {
  const user = await findUser(trx, user_id)
  if (!user) return
  const mail = mailTo(user, config)
  const content = securityNoticeMail({ ...mail, notice, ...facts, security_url: linksFor(config).security })
  await enqueueMails(trx, now, [{ ...mail.envelope('security-notice'), content }])
}

import { leaveOrganizations } from '../organizations/index.ts'
import { pseudonymise, record } from '../platform/audit.ts'
import type { Config } from '../platform/config.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { AppError, ok, type Result, refuse } from '../platform/errors.ts'
import { enqueueMails } from '../platform/mail/index.ts'
import { voidMailedLinks } from './account-hooks.ts'
import { accountClosedMail } from './emails/account-closed.ts'
import { linksFor } from './links.ts'
import { findUser, mailTo } from './queries.ts'
import type { Owner } from './second-factor.ts'

type Refused = Result<object, 'operator' | 'last_administrator'> & { organizations?: { name: string }[] }

/**
 * Closes the owner's account: login, sessions and second factors go, the person's name is replaced in all history, and
 * the address may sign up again. Licenses, and who did what to them under the new name, stay.
 * @returns refusal `last_administrator` with the organizations whose other members nobody could manage; `operator` for
 * the vendor's staff.
 */
export async function closeAccount(
  { db, config }: { db: Db; config: Config },
  owner: Owner,
  pseudonym: string,
): Promise<Refused> {
  const { user_id, now } = owner
  return db.transaction().execute(async (trx) => {
    const user = await findUser(trx, user_id)
    if (!user) throw new AppError('not_signed_in')
    const operator = await trx.selectFrom('operators').select('role').where('user_id', '=', user_id).executeTakeFirst()
    if (operator) return refuse('operator')
    const left = await leaveOrganizations(trx, owner)
    if (!left.ok) return left
    const mail = mailTo(user, config)
    const content = accountClosedMail({ ...mail, sign_up_url: linksFor(config).create })
    await enqueueMails(trx, now, [{ ...mail.envelope('account-closed'), content }])
    await record(trx, owner, 'account.closed', { subject_id: user_id })
    await forget(trx, owner, pseudonym)
    return ok({})
  })
}

/** What is left of the login is a row that history can point to. */
async function forget(trx: Trx, { user_id, now }: Owner, pseudonym: string): Promise<void> {
  await trx.deleteFrom('auth.session').where('userId', '=', user_id).execute()
  await trx.deleteFrom('auth.account').where('userId', '=', user_id).execute()
  await trx.deleteFrom('auth.passkey').where('userId', '=', user_id).execute()
  for (const table of ['totp_secrets', 'backup_codes', 'email_changes'] as const) {
    await trx.deleteFrom(table).where('user_id', '=', user_id).execute()
  }
  await voidMailedLinks(trx, user_id)
  await trx.updateTable('agreement_acceptances').set({ address: null }).where('user_id', '=', user_id).execute()
  const nobody = { name: pseudonym, givenName: pseudonym, familyName: '', phone: null, image: null }
  const login = { email: `${user_id}@closed.invalid`, emailVerified: false, updatedAt: now }
  await trx
    .updateTable('auth.user')
    .set({ ...nobody, ...login })
    .where('id', '=', user_id)
    .execute()
  await pseudonymise(trx, user_id, pseudonym)
}

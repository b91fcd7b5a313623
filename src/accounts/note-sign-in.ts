import { record } from '../platform/audit.ts'
import type { Db } from '../platform/db/index.ts'
import type { Locale } from '../platform/i18n.ts'
import { actorOfUser, findUserByEmail } from './queries.ts'
import { rememberLanguage } from './update-profile.ts'

type SignIn = { email: string; locale: Locale | undefined; address: string; request_id: string }

/** Writes a sign-in to history. A language chosen on the login page becomes the account's. */
export async function noteSignIn(db: Db, { email, locale, address, request_id }: SignIn): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const user = await findUserByEmail(trx, email)
    if (!user) return
    if (locale) await rememberLanguage(trx, user.id, locale)
    const actor = actorOfUser(user, new Date(), { address, request_id })
    await record(trx, actor, 'account.signed_in', { subject_id: user.id })
  })
}

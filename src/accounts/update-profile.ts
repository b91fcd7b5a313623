import type { Actor } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import type { Locale } from '../platform/i18n.ts'
import type { Profile } from './schemas.ts'

const columns = ['givenName', 'familyName', 'phone', 'locale', 'timeZone'] as const

/** Changes the actor's own contact data; history keeps what was there before. */
export async function updateProfile(db: Db, actor: Actor & { user_id: string }, input: Profile): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const before = await trx
      .selectFrom('auth.user')
      .select(columns)
      .where('id', '=', actor.user_id)
      .forNoKeyUpdate()
      .executeTakeFirst()
    if (!before) throw new AppError('not_found')
    const after = {
      givenName: input.given_name,
      familyName: input.family_name,
      phone: input.phone,
      locale: input.locale,
      timeZone: input.time_zone,
    }
    const changed = columns.filter((column) => before[column] !== after[column])
    if (changed.length === 0) return
    const name = `${after.givenName} ${after.familyName}`
    await trx
      .updateTable('auth.user')
      .set({ ...after, name, updatedAt: actor.now })
      .where('id', '=', actor.user_id)
      .execute()
    const details = Object.fromEntries(changed.map((column) => [column, [before[column], after[column]]]))
    await record(trx, actor, 'account.updated', { subject_id: actor.user_id, details })
  })
}

/** The language that a signed-in user chose for pages and e-mails. */
export async function rememberLanguage(db: Db, user_id: string, locale: Locale): Promise<void> {
  await db.updateTable('auth.user').set({ locale }).where('id', '=', user_id).where('locale', '<>', locale).execute()
}

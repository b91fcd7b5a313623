import { addMember } from '../organizations/index.ts'
import { type Actor, isAtLeast, type Role } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { uuidv7 } from '../platform/ids.ts'
import { getCurrentAgreement, insertAcceptance } from './agreements.ts'
import { insertUser } from './create-account.ts'
import { actorOfUser } from './queries.ts'
import type { Profile } from './schemas.ts'

export type NewColleague = Profile & { email: string; password_hash: string; organization_id: string; role: Role }

/**
 * Creates a login that works for an existing organization; its address counts as confirmed and the User Agreement as
 * accepted.
 * @returns undefined when the address has an account.
 * @throws AppError `forbidden` unless an administrator of that organization or the portal itself.
 */
export async function createColleague(db: Db, actor: Actor, input: NewColleague): Promise<string | undefined> {
  const own = isAtLeast(actor, 'administrator') && actor.organization_id === input.organization_id
  if (actor.kind !== 'system' && !own) throw new AppError('forbidden')
  const email = input.email.toLowerCase()
  return db.transaction().execute(async (trx) => {
    const user = await insertUser(trx, { ...input, email, user_id: uuidv7(), confirmed: true }, actor.now)
    if (!user) return undefined
    const { organization_id, role } = input
    await addMember(trx, actor, { organization_id, user_id: user.id, role })
    const agreement = await getCurrentAgreement(trx, input.locale, actor.now)
    await insertAcceptance(trx, { ...actorOfUser(user, actor.now), user_id: user.id }, agreement)
    return user.id
  })
}

import { type Actor, mustOperate, type OperatorRole } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import { hashPassword } from '../platform/auth/index.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { ok, type Result, refuse } from '../platform/errors.ts'
import { uuidv7 } from '../platform/ids.ts'
import { insertUser } from './create-account.ts'
import { findUserByEmail } from './queries.ts'

export type NewOperator = { email: string; name: string; role: OperatorRole; password: string }

/**
 * Makes one of the vendor's staff: a new login, whose address counts as confirmed, or the role for an existing one,
 * whose password stays. A login that never confirmed its address may be a stranger's: it gets the new password, and
 * its sessions end.
 * @returns refusal `operator_exists` when that login is an operator already.
 * @throws AppError `forbidden` unless an operator administrator or the portal itself.
 */
export async function createOperator(
  db: Db,
  actor: Actor,
  input: NewOperator,
): Promise<Result<{ user_id: string; password: 'set' | 'kept' }, 'operator_exists'>> {
  mustOperate(actor, 'administrator')
  const email = input.email.toLowerCase()
  const password_hash = await hashPassword(input.password)
  return db.transaction().execute(async (trx) => {
    const created = await insertUser(trx, { ...loginOf(input), email, password_hash }, actor.now)
    const user = created ?? (await findUserByEmail(trx, email))
    if (!user) throw new Error('the login went away while it was looked for')
    const operator = await insertOperator(trx, actor, user.id, input.role)
    if (!operator) return refuse('operator_exists')
    if (!user.emailVerified) await takeOver(trx, user.id, password_hash, actor.now)
    const kept = !created && user.emailVerified
    return ok({ user_id: user.id, password: kept ? ('kept' as const) : ('set' as const) })
  })
}

function loginOf({ name }: NewOperator) {
  const [given_name = '', ...rest] = name.trim().split(/\s+/)
  const person = { given_name, family_name: rest.join(' '), phone: null }
  return { ...person, user_id: uuidv7(), locale: 'en' as const, time_zone: 'UTC', confirmed: true }
}

async function insertOperator(trx: Trx, actor: Actor, user_id: string, role: OperatorRole): Promise<boolean> {
  const inserted = await trx
    .insertInto('operators')
    .values({ user_id, role, created_at: actor.now })
    .onConflict((conflict) => conflict.column('user_id').doNothing())
    .returning('user_id')
    .executeTakeFirst()
  if (!inserted) return false
  await record(trx, actor, 'operator.created', { subject_id: user_id, details: { role } })
  return true
}

async function takeOver(trx: Trx, user_id: string, password: string, now: Date): Promise<void> {
  await trx.updateTable('auth.user').set({ emailVerified: true, updatedAt: now }).where('id', '=', user_id).execute()
  await trx
    .updateTable('auth.account')
    .set({ password, updatedAt: now })
    .where('userId', '=', user_id)
    .where('providerId', '=', 'credential')
    .execute()
  await trx.deleteFrom('auth.session').where('userId', '=', user_id).execute()
}

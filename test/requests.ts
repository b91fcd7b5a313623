/** Operators and open requests for tests of what is asked and decided. */
import { type Actor, type Member, type Operator, type OperatorRole, systemActor } from '../src/platform/actor.ts'
import { readConfig } from '../src/platform/config.ts'
import type { Db } from '../src/platform/db/index.ts'
import { uuidv7 } from '../src/platform/ids.ts'
import { type NewRequest, openRequest } from '../src/requests/index.ts'

/** What mails about requests are written with. */
export function requestConfig() {
  const read = readConfig({ BASE_URL: 'https://licensing.example' })
  if (!read.ok) throw new Error(read.problems.join('\n'))
  return read.config
}

/** One of the vendor's staff, with a login. */
export async function anOperator(db: Db, role: OperatorRole = 'support', name = `Op ${role}`): Promise<Operator> {
  const user_id = uuidv7()
  const email = `op-${user_id}@vendor.example`
  await db.insertInto('auth.user').values({ id: user_id, name, email, emailVerified: true }).execute()
  const base: Actor = { ...systemActor(name, new Date()), kind: 'operator', email }
  await db.insertInto('operators').values({ user_id, role, created_at: base.now }).execute()
  return { ...base, user_id, operator_role: role }
}

/** An open request of a member; a claim of customer number `C-1` unless told otherwise. @returns its number. */
export async function anOpenRequest(db: Db, member: Member, given: Partial<NewRequest> = {}): Promise<string> {
  const details = { number: 'C-1', explanation: 'We bought it.' }
  const request = { kind: 'customer_number' as const, details, ...given }
  const { number } = await db.transaction().execute((trx) => openRequest(trx, member, request, requestConfig()))
  return number
}

/** A new e-mail address is a new user name: it counts once the owners of both mailboxes said so. */
import { createHash, randomBytes } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { EmailChanges } from '../../db/types.ts'
import { record } from '../platform/audit.ts'
import type { Config } from '../platform/config.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { AppError, ok, type Result, refuse } from '../platform/errors.ts'
import { uuidv7 } from '../platform/ids.ts'
import { voidMailedLinks } from './account-hooks.ts'
import { mailAddressTaken, mailChangedEmail, mailConfirmLinks } from './mail-email-change.ts'
import { findUser, findUserByEmail, type User } from './queries.ts'
import { endOtherSessions, type Owner } from './second-factor.ts'

type Needs = { db: Db; config: Config }
type Change = Selectable<EmailChanges>

export const emailChangeDays = 3

/**
 * Mails a link to the old and one to the new address; a change that was under way before is cancelled. An address that
 * has an account gets a mail that tells its owner, and nobody else can see a difference.
 */
export async function requestEmailChange({ db, config }: Needs, owner: Owner, new_email: string): Promise<void> {
  const { user_id, now } = owner
  const tokens = { old: newToken(), new: newToken() }
  await db.transaction().execute(async (trx) => {
    const user = await lockOwner(trx, user_id)
    await cancelOpen(trx, owner)
    await trx
      .insertInto('email_changes')
      .values({
        id: uuidv7(),
        user_id,
        new_email,
        old_token_hash: hashOf(tokens.old),
        new_token_hash: hashOf(tokens.new),
        created_at: now,
        expires_at: new Date(now.getTime() + emailChangeDays * 86_400_000),
      })
      .execute()
    await record(trx, owner, 'account.email_change_requested', { subject_id: user_id })
    const holder = await findUserByEmail(trx, new_email)
    await mailConfirmLinks(trx, config, { user, now, new_email, tokens: holder ? { old: tokens.old } : tokens })
    if (holder) await mailAddressTaken(trx, config, holder, now)
  })
}

type Confirmed = { state: 'done' } | { state: 'waiting'; for: 'old' | 'new' }

/**
 * Takes note that the owner read the mail to one of the two addresses. With both, the address changes: other sessions
 * end, links mailed to the old address are void.
 * @returns refusal `unknown` for a link that is not the owner's, was cancelled, is done or too old; `taken` when the
 * address got an account meanwhile.
 */
export async function confirmEmailChange(
  { db, config }: Needs,
  owner: Owner,
  { token, session_id }: { token: string; session_id: string },
): Promise<Result<Confirmed, 'unknown' | 'taken'>> {
  return db
    .transaction()
    .execute(async (trx) => {
      const user = await lockOwner(trx, owner.user_id)
      const found = await findEmailChange(trx, owner, token)
      if (!found) return refuse('unknown')
      const { change, side } = found
      const column = side === 'old' ? 'old_confirmed_at' : 'new_confirmed_at'
      const confirmed = { ...change, [column]: change[column] ?? owner.now }
      await trx
        .updateTable('email_changes')
        .set({ [column]: confirmed[column] })
        .where('id', '=', change.id)
        .execute()
      if (!confirmed.old_confirmed_at) return ok({ state: 'waiting' as const, for: 'old' as const })
      if (!confirmed.new_confirmed_at) return ok({ state: 'waiting' as const, for: 'new' as const })
      if (await findUserByEmail(trx, change.new_email)) {
        await cancelOpen(trx, owner)
        return refuse('taken')
      }
      await complete(trx, config, owner, { change, user, session_id })
      return ok({ state: 'done' as const })
    })
    .catch(takenMeanwhile)
}

/** Somebody was quicker by a blink: the next press of the button finds the address taken. */
function takenMeanwhile(cause: unknown) {
  if (cause instanceof Error && 'code' in cause && cause.code === '23505') return refuse('taken' as const)
  throw cause
}

type Completing = { change: Change; user: User; session_id: string }

async function complete(
  trx: Trx,
  config: Config,
  owner: Owner,
  { change, user, session_id }: Completing,
): Promise<void> {
  const { user_id, now } = owner
  const { new_email } = change
  await trx.updateTable('auth.user').set({ email: new_email, updatedAt: now }).where('id', '=', user_id).execute()
  await trx.updateTable('email_changes').set({ completed_at: now }).where('id', '=', change.id).execute()
  await endOtherSessions(trx, user_id, session_id)
  await voidMailedLinks(trx, user_id)
  await record(trx, owner, 'account.email_changed', {
    subject_id: user_id,
    details: { email: [user.email, new_email] },
  })
  await mailChangedEmail(trx, config, { user, new_email, now })
}

/** Everything stays as it is; both links are void. */
export async function cancelEmailChange(db: Db, owner: Owner): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockOwner(trx, owner.user_id)
    if (await cancelOpen(trx, owner)) {
      await record(trx, owner, 'account.email_change_cancelled', { subject_id: owner.user_id })
    }
  })
}

/** The change under way. */
export function findOpenEmailChange(db: Db | Trx, { user_id, now }: Owner): Promise<Change | undefined> {
  return db
    .selectFrom('email_changes')
    .selectAll()
    .where('user_id', '=', user_id)
    .where('completed_at', 'is', null)
    .where('cancelled_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()
}

/** The owner's change under way that a mailed link belongs to, and to which of the two addresses it was mailed. */
export async function findEmailChange(
  db: Db | Trx,
  owner: Owner,
  token: string,
): Promise<{ change: Change; side: 'old' | 'new' } | undefined> {
  const change = await findOpenEmailChange(db, owner)
  const hash = hashOf(token)
  if (change?.old_token_hash.equals(hash)) return { change, side: 'old' }
  return change?.new_token_hash.equals(hash) ? { change, side: 'new' } : undefined
}

/** Changes of one login wait for each other here. */
async function lockOwner(trx: Trx, user_id: string): Promise<User> {
  await trx.selectFrom('auth.user').select('id').where('id', '=', user_id).forNoKeyUpdate().execute()
  const user = await findUser(trx, user_id)
  if (!user) throw new AppError('not_signed_in')
  return user
}

async function cancelOpen(trx: Trx, { user_id, now }: Owner): Promise<boolean> {
  const cancelled = await trx
    .updateTable('email_changes')
    .set({ cancelled_at: now })
    .where('user_id', '=', user_id)
    .where('completed_at', 'is', null)
    .where('cancelled_at', 'is', null)
    .returning('id')
    .execute()
  return cancelled.length > 0
}

function newToken(): string {
  return randomBytes(32).toString('base64url')
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** The codes of an authenticator app as second factor: set up, given at sign-in, taken away. */
import type { Actor } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import { keyFor, seal, unseal } from '../platform/auth/index.ts'
import type { Config } from '../platform/config.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { ok, type Result, refuse } from '../platform/errors.ts'
import { replaceBackupCodes, useBackupCode } from './backup-codes.ts'
import { mailSecurityNotice } from './mail-security-notice.ts'
import { appUri, keyOf, newSecret, stepOfCode } from './totp.ts'

export type Owner = Actor & { user_id: string }
/** What a session was opened with beside the password, or instead of it. */
export type SecondFactor = 'code' | 'backup_code' | 'passkey'
type Needs = { db: Db; config: Config }

const hour = 3_600_000
const never = new Date(8.64e15)

/** Makes the secret that the app is to know. Nothing is asked for at sign-in before a code of it was given. */
export async function startTotp({ db, config }: Needs, owner: Owner): Promise<Result<object, 'on_already'>> {
  const { user_id, now } = owner
  const secret = seal(keyOfSecrets(config, user_id), newSecret().toString('base64'), never)
  const started = await db
    .insertInto('totp_secrets')
    .values({ user_id, secret, created_at: now })
    .onConflict((conflict) =>
      conflict
        .column('user_id')
        .doUpdateSet({ secret, created_at: now })
        .where('totp_secrets.confirmed_at', 'is', null),
    )
    .returning('user_id')
    .executeTakeFirst()
  return started ? ok({}) : refuse('on_already')
}

/** What an app needs to be set up; undefined when that was not begun within the last hour. */
export async function findTotpSetup({ db, config }: Needs, owner: Owner) {
  const row = await db.selectFrom('totp_secrets').selectAll().where('user_id', '=', owner.user_id).executeTakeFirst()
  if (!row || row.confirmed_at || row.created_at.getTime() < owner.now.getTime() - hour) return undefined
  const secret = openSecret(config, row)
  return { key: keyOf(secret), uri: appUri(secret, { issuer: config.vendor.name, account: owner.email ?? '' }) }
}

/**
 * Turns the second factor on by a first code. This session counts as opened with it; all others end.
 * @returns the backup codes, which nobody can read again.
 */
export async function confirmTotp(
  { db, config }: Needs,
  owner: Owner,
  { session_id, code }: { session_id: string; code: string },
): Promise<Result<{ backup_codes: string[] }, 'wrong' | 'not_started'>> {
  const { user_id, now } = owner
  return db.transaction().execute(async (trx) => {
    const row = await lockTotp(trx, user_id)
    if (!row || row.confirmed_at) return refuse('not_started')
    const last_step = stepOfCode(openSecret(config, row), code, now, row.last_step)
    if (last_step === undefined) return refuse('wrong')
    await trx.updateTable('totp_secrets').set({ confirmed_at: now, last_step }).where('user_id', '=', user_id).execute()
    await endOtherSessions(trx, user_id, session_id)
    await markSession(trx, session_id, 'code')
    const backup_codes = await replaceBackupCodes(trx, config, user_id)
    await record(trx, owner, 'account.second_factor_on', { subject_id: user_id })
    await mailSecurityNotice(trx, config, owner, 'second_factor_on')
    return ok({ backup_codes })
  })
}

/**
 * Completes a sign-in by a code of the app, or by a backup code, whose owner is told. Each works once: the lock on the
 * secret makes the second of two that come with the same code wait and then find it used.
 * @returns false when the code is not right.
 */
export async function giveCode(
  { db, config }: Needs,
  owner: Owner,
  { session_id, code }: { session_id: string; code: string },
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const row = await lockTotp(trx, owner.user_id)
    if (!row?.confirmed_at) return false
    const given = code.replace(/\s/g, '')
    const kind = /^\d{6}$/.test(given) ? 'code' : 'backup_code'
    const right =
      kind === 'code'
        ? await useAppCode(trx, config, row, given, owner.now)
        : await spendBackupCode(trx, config, owner, given)
    if (!right) return false
    await markSession(trx, session_id, kind)
    await record(trx, owner, 'account.signed_in', { subject_id: owner.user_id, details: { second_factor: kind } })
    return true
  })
}

/** Signing in needs the password alone again; no session counts as more than that, and none that waited for its code stays. */
export async function removeTotp({ db, config }: Needs, owner: Owner): Promise<void> {
  const { user_id } = owner
  await db.transaction().execute(async (trx) => {
    const removed = await trx
      .deleteFrom('totp_secrets')
      .where('user_id', '=', user_id)
      .where('confirmed_at', 'is not', null)
      .returning('user_id')
      .executeTakeFirst()
    if (!removed) return
    await trx.deleteFrom('backup_codes').where('user_id', '=', user_id).execute()
    // Whoever only had the password must not find that session worth something now.
    await trx.deleteFrom('auth.session').where('userId', '=', user_id).where('secondFactor', 'is', null).execute()
    await trx
      .updateTable('auth.session')
      .set({ secondFactor: null })
      .where('userId', '=', user_id)
      .where('secondFactor', 'in', ['code', 'backup_code'])
      .execute()
    await record(trx, owner, 'account.second_factor_off', { subject_id: user_id })
    await mailSecurityNotice(trx, config, owner, 'second_factor_off')
  })
}

/** New backup codes, for whoever used or lost the old ones. */
export async function renewBackupCodes(
  { db, config }: Needs,
  owner: Owner,
): Promise<Result<{ backup_codes: string[] }, 'off'>> {
  return db.transaction().execute(async (trx) => {
    const row = await lockTotp(trx, owner.user_id)
    if (!row?.confirmed_at) return refuse('off')
    const backup_codes = await replaceBackupCodes(trx, config, owner.user_id)
    await record(trx, owner, 'account.backup_codes_renewed', { subject_id: owner.user_id })
    await mailSecurityNotice(trx, config, owner, 'backup_codes_renewed')
    return ok({ backup_codes })
  })
}

/** Remembers in a session what it was opened with. */
export async function markSession(trx: Trx, session_id: string, secondFactor: SecondFactor): Promise<void> {
  await trx.updateTable('auth.session').set({ secondFactor }).where('id', '=', session_id).execute()
}

/** Signs a user out everywhere but here. */
export async function endOtherSessions(trx: Trx, user_id: string, session_id: string): Promise<void> {
  await trx.deleteFrom('auth.session').where('userId', '=', user_id).where('id', '<>', session_id).execute()
}

type Row = { user_id: string; secret: string; last_step: number }

function lockTotp(trx: Trx, user_id: string) {
  return trx.selectFrom('totp_secrets').selectAll().where('user_id', '=', user_id).forNoKeyUpdate().executeTakeFirst()
}

async function useAppCode(trx: Trx, config: Config, row: Row, code: string, now: Date): Promise<boolean> {
  const last_step = stepOfCode(openSecret(config, row), code, now, row.last_step)
  if (last_step === undefined) return false
  await trx.updateTable('totp_secrets').set({ last_step }).where('user_id', '=', row.user_id).execute()
  return true
}

async function spendBackupCode(trx: Trx, config: Config, owner: Owner, code: string): Promise<boolean> {
  const { user_id, now } = owner
  const left = await useBackupCode(trx, config, { user_id, code, now })
  if (left === undefined) return false
  await mailSecurityNotice(trx, config, owner, 'backup_code_used', { left })
  return true
}

/** Each user's secret is sealed under a key of its own, so that rows cannot be exchanged. */
function keyOfSecrets(config: Config, user_id: string): Buffer {
  return keyFor(config, `authenticator of ${user_id}`)
}

function openSecret(config: Config, { user_id, secret }: Pick<Row, 'user_id' | 'secret'>): Buffer {
  const opened = unseal(keyOfSecrets(config, user_id), secret, new Date())
  if (typeof opened !== 'string') throw new Error(`SECRET does not open the authenticator secret of user ${user_id}`)
  return Buffer.from(opened, 'base64')
}

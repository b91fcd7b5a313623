/** Passkeys (WebAuthn), checked by better-auth's plugin: here is what it does not do, history and mails above all. */
import type { Context } from 'hono'
import { z } from 'zod'
import { record } from '../platform/audit.ts'
import { sessionCookies, signedCookie } from '../platform/auth/index.ts'
import type { Config } from '../platform/config.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import type { PublicEnv } from '../platform/http/env.ts'
import type { Locale } from '../platform/i18n.ts'
import { askAuth } from './ask-auth.ts'
import { authSecret } from './auth.ts'
import { mailSecurityNotice } from './mail-security-notice.ts'
import { actorOfUser, findPasskey, findUser } from './queries.ts'
import { markSession, type Owner } from './second-factor.ts'
import { rememberLanguage } from './update-profile.ts'

const day = 86_400_000
const optionsSchema = z.looseObject({ challenge: z.string() })
const answerSchema = z.looseObject({ id: z.string().max(2000) })
const openedSchema = z.object({ session: z.object({ id: z.string(), userId: z.string() }) })

/** What any passkey of this site is to sign. It counts as two factors, so the device must ask who holds it. */
export async function askForPasskey(c: Context<PublicEnv>): Promise<object> {
  const { allowCredentials: _, ...options } = await challenge(c, '/passkey/generate-authenticate-options')
  return { ...options, userVerification: 'required' }
}

/** What the owner's device needs to make a passkey. */
export function askForNewPasskey(c: Context<PublicEnv>): Promise<object> {
  return challenge(c, '/passkey/generate-register-options')
}

async function challenge(c: Context<PublicEnv>, path: string) {
  const answer = await askAuth(c, path)
  const options = optionsSchema.safeParse(answer.body)
  if (!answer.ok || !options.success) throw new AppError('internal', `${path} answered ${answer.status}`)
  return options.data
}

type PasskeySignIn = { response: string; remember: boolean; locale: Locale | undefined }

/**
 * Opens a session if a passkey signed our challenge; one that this browser had before ends.
 * @returns false when it is no passkey of ours, or the challenge is not the one given to this browser.
 */
export async function signInByPasskey(c: Context<PublicEnv>, input: PasskeySignIn): Promise<boolean> {
  const response = readAnswer(input.response)
  if (!response) return false
  const answer = await askAuth(
    c,
    '/passkey/verify-authentication',
    { response },
    'pass cookies on',
    input.remember ? undefined : notRemembered(c.var.config),
  )
  const opened = openedSchema.safeParse(answer.body)
  if (!answer.ok || !opened.success) return false
  if (c.var.session) await askAuth(c, '/sign-out', {}, 'keep cookies')
  await noteSignIn(c, {
    ...input,
    session_id: opened.data.session.id,
    user_id: opened.data.session.userId,
    credential: response.id,
  })
  return true
}

async function noteSignIn(
  c: Context<PublicEnv>,
  opened: { session_id: string; user_id: string; credential: string; remember: boolean; locale: Locale | undefined },
): Promise<void> {
  const { db, address, request_id } = c.var
  const now = new Date()
  await db.transaction().execute(async (trx) => {
    const user = await findUser(trx, opened.user_id)
    if (!user) throw new AppError('stale', 'the account went away while it was signed in to')
    await markSession(trx, opened.session_id, 'passkey')
    if (!opened.remember) {
      const expiresAt = new Date(now.getTime() + day)
      await trx.updateTable('auth.session').set({ expiresAt }).where('id', '=', opened.session_id).execute()
    }
    await trx
      .updateTable('auth.passkey')
      .set({ lastUsedAt: now })
      .where('credentialID', '=', opened.credential)
      .execute()
    if (opened.locale) await rememberLanguage(trx, user.id, opened.locale)
    const details = { second_factor: 'passkey' }
    await record(trx, actorOfUser(user, now, { address, request_id }), 'account.signed_in', {
      subject_id: user.id,
      details,
    })
  })
}

/** Keeps a passkey that a device made for our challenge. */
export async function saveNewPasskey(
  c: Context<PublicEnv>,
  { response, name }: { response: string; name: string },
): Promise<boolean> {
  const answer = readAnswer(response)
  if (!answer) return false
  return (await askAuth(c, '/passkey/verify-registration', { response: answer, name })).ok
}

/** Writes a new passkey to history and tells the owner. */
export async function noteNewPasskey({ db, config }: Needs, owner: Owner, name: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await record(trx, owner, 'account.passkey_added', { subject_id: owner.user_id, details: { name } })
    await mailSecurityNotice(trx, config, owner, 'passkey_added', { passkey: name })
  })
}

/** @throws AppError `not_found` for a passkey that is not the owner's. */
export async function renamePasskey(
  db: Db,
  owner: Owner,
  { passkey_id, name }: { passkey_id: string; name: string },
): Promise<void> {
  const renamed = await db
    .updateTable('auth.passkey')
    .set({ name })
    .where('id', '=', passkey_id)
    .where('userId', '=', owner.user_id)
    .returning('id')
    .executeTakeFirst()
  if (!renamed) throw new AppError('not_found')
}

/** @throws AppError `not_found` for a passkey that is not the owner's. */
export async function removePasskey({ db, config }: Needs, owner: Owner, passkey_id: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const passkey = await findPasskey(trx, owner.user_id, passkey_id)
    const removed = await trx
      .deleteFrom('auth.passkey')
      .where('id', '=', passkey_id)
      .where('userId', '=', owner.user_id)
      .returning('id')
      .executeTakeFirst()
    if (!passkey || !removed) throw new AppError('not_found')
    const name = passkey.name ?? ''
    await record(trx, owner, 'account.passkey_removed', { subject_id: owner.user_id, details: { name } })
    await mailSecurityNotice(trx, config, owner, 'passkey_removed', { passkey: name })
  })
}

type Needs = { db: Db; config: Config }

function readAnswer(text: string): { id: string } | undefined {
  try {
    return answerSchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

/** Tells better-auth, in the way of its own form, to let the session end with the browser. */
function notRemembered(config: Config): string {
  return `${sessionCookies(config).not_remembered}=${signedCookie('true', authSecret(config))}`
}

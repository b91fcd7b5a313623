import { claimInvitation, createOrganization } from '../organizations/index.ts'
import { type Actor, dayOf } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import { hashPassword } from '../platform/auth/index.ts'
import type { Config } from '../platform/config.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { uuidv7 } from '../platform/ids.ts'
import { enqueueMails } from '../platform/mail/index.ts'
import { getCurrentAgreement, insertAcceptance } from './agreements.ts'
import { confirmationToken } from './auth.ts'
import { accountExistsMail } from './emails/account-exists.ts'
import { confirmEmailMail } from './emails/confirm-email.ts'
import { linksFor } from './links.ts'
import { findUserByEmail, mailTo, type User } from './queries.ts'
import type { CreateAccountForm } from './schemas.ts'

/** An organization of one's own, or the secret of the link that invited into one. */
export type NewHome = { company: string; country: string; invitation?: undefined } | { invitation: string }

export type NewAccount = Omit<CreateAccountForm, 'password' | 'company' | 'country'> &
  NewHome &
  ({ password: string } | { password_hash: string }) & {
    /** Chosen before the agreement was shown, so that accepting twice makes one account. */
    user_id?: string
    /** The version that the visitor accepted; left out, the one in force now. */
    agreement_id?: string
  } & (
    | { confirmed: true }
    /** Mails a link that confirms the address; needs to know where this portal is. */
    | { confirmed?: false; config: Config }
  )

export type CreatedAccount = { user_id: string; organization_id: string }

/**
 * Creates a login with its organization, accepts the User Agreement for it and mails the confirmation: all or nothing.
 * Who was invited joins that organization instead, once the address is confirmed.
 * @returns undefined when the e-mail address has an account; its owner gets a mail then, and nobody else learns of it.
 * @throws AppError `stale` when the accepted agreement is no longer in force, `gone` when the invitation ended.
 * Source: seed 000, "Managing your Portal Account".
 */
export async function createAccount(db: Db, actor: Actor, input: NewAccount): Promise<CreatedAccount | undefined> {
  const email = input.email.toLowerCase()
  const hash = 'password_hash' in input ? input.password_hash : await hashPassword(input.password)
  const token = input.confirmed ? undefined : await confirmationToken(input.config, email)

  return db.transaction().execute(async (trx) => {
    const agreement = await getCurrentAgreement(trx, input.locale, actor.now)
    if (input.agreement_id && input.agreement_id !== agreement.id) throw new AppError('stale')
    const user_id = input.user_id ?? uuidv7()
    const user = await insertUser(trx, { ...input, email, user_id, password_hash: hash }, actor.now)
    if (!user) return found(trx, actor, input, user_id)

    const owner = ownerOf(user, actor, input)
    const { organization_id } = await findHome(trx, owner, email, input)
    await record(trx, owner, 'account.created', {
      organization_id,
      subject_id: user.id,
      details: { email, confirmed: input.confirmed ?? false },
    })
    await insertAcceptance(trx, owner, agreement)
    if (!input.confirmed && token) await mailConfirmation(trx, actor.now, user, input.config, token)
    return { user_id: user.id, organization_id }
  })
}

type NewUser = Pick<CreateAccountForm, 'email' | 'given_name' | 'family_name' | 'phone' | 'locale' | 'time_zone'> & {
  user_id: string
  password_hash: string
  confirmed?: boolean
}

/** Writes a login and its password in the tables of better-auth. @returns undefined when the address is taken. */
export async function insertUser(trx: Trx, input: NewUser, now: Date): Promise<User | undefined> {
  const user: User = {
    id: input.user_id,
    name: `${input.given_name} ${input.family_name}`.trim(),
    email: input.email,
    emailVerified: input.confirmed ?? false,
    givenName: input.given_name,
    familyName: input.family_name,
    phone: input.phone,
    locale: input.locale,
    timeZone: input.time_zone,
  }
  const times = { createdAt: now, updatedAt: now }
  const inserted = await trx
    .insertInto('auth.user')
    .values({ ...user, ...times })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!inserted) return undefined
  const account = { id: uuidv7(), accountId: user.id, providerId: 'credential', userId: user.id }
  await trx
    .insertInto('auth.account')
    .values({ ...account, password: input.password_hash, ...times })
    .execute()
  return user
}

/** Accept pressed twice is no attempt at somebody's account: the second press finds what the first one made. */
async function found(trx: Trx, actor: Actor, input: NewAccount, user_id: string): Promise<CreatedAccount | undefined> {
  const user = await findUserByEmail(trx, input.email)
  if (!user) throw new AppError('stale', 'the account went away while it was looked for')
  if (user.id === user_id) {
    const { organization_id } = await foundHome(trx, { ...actor, user_id }, user.email, input)
    return { user_id, organization_id }
  }
  if (!input.confirmed) await mailExistingOwner(trx, actor.now, user, input.config)
  return undefined
}

function findHome(trx: Trx, owner: Actor & { user_id: string }, email: string, home: NewHome) {
  if (home.invitation !== undefined) return claimInvitation(trx, owner, { token: home.invitation, email })
  return createOrganization(trx, owner, { name: home.company, country: home.country })
}

function foundHome(trx: Trx, owner: Actor & { user_id: string }, email: string, home: NewHome) {
  if (home.invitation !== undefined) return claimInvitation(trx, owner, { token: home.invitation, email })
  return trx
    .selectFrom('memberships')
    .select('organization_id')
    .where('user_id', '=', owner.user_id)
    .orderBy('created_at')
    .executeTakeFirstOrThrow()
}

/** The new user acts from here on, except where the portal or an operator makes the account. */
function ownerOf(user: User, actor: Actor, input: NewAccount): Actor & { user_id: string } {
  const { locale, time_zone } = input
  const own = actor.kind === 'user' ? { name: user.name, email: user.email } : {}
  return { ...actor, ...own, user_id: user.id, locale, time_zone, today: dayOf(actor.now, time_zone) }
}

/** In the caller's transaction. */
export async function mailConfirmation(trx: Trx, now: Date, user: User, config: Config, token: string): Promise<void> {
  const mail = mailTo(user, config)
  const content = confirmEmailMail({ ...mail, email: user.email, confirm_url: linksFor(config).confirm(token) })
  await enqueueMails(trx, now, [{ ...mail.envelope('confirm-email'), content }])
}

async function mailExistingOwner(trx: Trx, now: Date, user: User, config: Config): Promise<void> {
  const mail = mailTo(user, config)
  const { sign_in, forgot } = linksFor(config)
  const content = accountExistsMail({ ...mail, email: user.email, sign_in_url: sign_in, forgot_url: forgot })
  await enqueueMails(trx, now, [{ ...mail.envelope('account-exists'), content }])
}

import { createHash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import { type Actor, dayOf, type Member, type OperatorRole, type Role } from '../platform/actor.ts'
import type { Config } from '../platform/config.ts'
import { type Db, statement, type Trx } from '../platform/db/index.ts'
import { type Format, formatFor, isLocale, type Locale, type T, textsFor } from '../platform/i18n.ts'
import { activeOrganization } from './rules.ts'
import type { SecondFactor } from './second-factor.ts'

/** A row of the login, as its owner sees it. */
export type User = {
  id: string
  name: string
  email: string
  emailVerified: boolean
  givenName: string
  familyName: string
  phone: string | null
  locale: string
  timeZone: string
}

const columns = [
  'id',
  'name',
  'email',
  'emailVerified',
  'givenName',
  'familyName',
  'phone',
  'locale',
  'timeZone',
] as const

export function findUser(db: Db | Trx, id: string): Promise<User | undefined> {
  return db.selectFrom('auth.user').select(columns).where('id', '=', id).executeTakeFirst()
}

export function findUserByEmail(db: Db | Trx, email: string): Promise<User | undefined> {
  return db.selectFrom('auth.user').select(columns).where('email', '=', email.toLowerCase()).executeTakeFirst()
}

/** The user as actor of what happens to their own account, before any organization is known. */
export function actorOfUser(
  user: User,
  now: Date,
  from?: { address: string | null; request_id: string | null },
): Actor {
  return {
    kind: 'user',
    user_id: user.id,
    name: user.name,
    email: user.email,
    organization_id: null,
    role: null,
    operator_role: null,
    locale: localeOf(user),
    time_zone: user.timeZone,
    now,
    today: dayOf(now, user.timeZone),
    request_id: from?.request_id ?? null,
    address: from?.address ?? null,
  }
}

/** What every mail to a user begins with: envelope, and texts in the reader's language. */
export function mailTo(user: User, config: Pick<Config, 'vendor'>) {
  const locale = localeOf(user)
  const t: T = textsFor(locale)
  const format: Format = formatFor(locale, user.timeZone)
  const envelope = (template: string) => ({ template, to: { email: user.email, name: user.name }, locale })
  return { t, format, name: user.name, vendor_name: config.vendor.name, envelope }
}

export function localeOf(user: { locale: string }): Locale {
  return isLocale(user.locale) ? user.locale : 'en'
}

type Joined = { id: string; name: string; role: Role }
export type SignedIn = {
  session_id: string
  expires_at: Date
  user_id: string
  name: string
  email: string
  confirmed: boolean
  locale: string
  time_zone: string
  operator_role: OperatorRole | null
  chosen_organization_id: string | null
  organizations: Joined[]
  agreement_pending: boolean
  /** More than a password was given when the session was opened. */
  second_factor: boolean
  /** The password was right; the code of the second factor is still to come. */
  awaits_code: boolean
  started_at: Date
}

/**
 * Everything about who is signed in by a session token, in one query: each page begins with it.
 * Guarded by a test against better-auth's own answer.
 */
export async function findSignedIn(db: Db, token: string, now: Date): Promise<SignedIn | undefined> {
  const [found] = await signedIn.rows(db, { token, now })
  return found
}

const signedIn = statement(
  ['token', 'now'],
  ({ token, now }) => sql<SignedIn>`
    select s.id as session_id, s."expiresAt" as expires_at, s."activeOrganizationId" as chosen_organization_id,
      u.id as user_id, u.name, u.email, u."emailVerified" as confirmed, u.locale, u."timeZone" as time_zone,
      o.role as operator_role, ${joinedOrganizations()} as organizations, ${agreementPending(now)} as agreement_pending,
      s."secondFactor" is not null as second_factor, s."createdAt" as started_at,
      s."secondFactor" is null and ${hasTotp()} as awaits_code
    from auth.session s
    join auth."user" u on u.id = s."userId"
    left join operators o on o.user_id = u.id
    where s.token = ${token} and s."expiresAt" > ${now}`,
)

function joinedOrganizations() {
  return sql<Joined[]>`coalesce((
    select json_agg(json_build_object('id', g.id, 'name', g.name, 'role', m.role) order by m.created_at, g.id)
    from memberships m join organizations g on g.id = m.organization_id where m.user_id = u.id), '[]')`
}

function agreementPending(now: RawBuilder<unknown>) {
  return sql<boolean>`exists (
    select from (select id from agreements where published_at <= ${now} order by published_at desc, id desc limit 1) a
    where not exists (select from agreement_acceptances x where x.agreement_id = a.id and x.user_id = u.id))`
}

/** Also for sessions that are older than the second factor: whoever makes one ends them. */
function hasTotp() {
  return sql<boolean>`exists (select from totp_secrets f where f.user_id = u.id and f.confirmed_at is not null)`
}

/** Whether a user must give a code when signing in by password. */
export async function asksForCode(db: Db, email: string): Promise<boolean> {
  const { rows } = await sql`select from auth."user" u where u.email = ${email.toLowerCase()} and ${hasTotp()}`.execute(
    db,
  )
  return rows.length > 0
}

/**
 * The member that a user name acts as: how the command line and the demo act for a person (`--as EMAIL`).
 * @returns undefined for an unknown user name, an unconfirmed address, or nobody's member.
 */
export async function findMemberByEmail(db: Db, email: string, now: Date): Promise<Member | undefined> {
  const user = await findUserByEmail(db, email)
  if (!user?.emailVerified) return undefined
  const joined = await db
    .selectFrom('memberships')
    .select(['organization_id as id', 'role'])
    .where('user_id', '=', user.id)
    .orderBy('created_at')
    .orderBy('organization_id')
    .execute()
  const active = activeOrganization(joined, null)
  if (!active) return undefined
  return { ...actorOfUser(user, now), user_id: user.id, organization_id: active.id, role: active.role as Role }
}

export type SessionLine = {
  id: string
  started_at: Date
  expires_at: Date
  address: string | null
  user_agent: string | null
  second_factor: SecondFactor | null
}

/** Where a user is signed in, newest first. */
export function listSessions(db: Db, user_id: string, now: Date): Promise<SessionLine[]> {
  return db
    .selectFrom('auth.session')
    .select([
      'id',
      'createdAt as started_at',
      'expiresAt as expires_at',
      'ipAddress as address',
      'userAgent as user_agent',
      'secondFactor as second_factor',
    ])
    .where('userId', '=', user_id)
    .where('expiresAt', '>', now)
    .where((is) =>
      is.or([
        is('secondFactor', 'is not', null),
        is.not(
          is.exists(is.selectFrom('totp_secrets').where('user_id', '=', user_id).where('confirmed_at', 'is not', null)),
        ),
      ]),
    )
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(200)
    .execute()
}

export type PasskeyLine = { id: string; name: string | null; added_at: Date | null; used_at: Date | null }
export type Security = { app: { since: Date; backup_codes_left: number } | undefined; passkeys: PasskeyLine[] }

/** How a user signs in besides the password. */
export async function findSecurity(db: Db, user_id: string): Promise<Security> {
  const app = await db
    .selectFrom('totp_secrets as s')
    .select((is) => [
      's.confirmed_at as since',
      is
        .selectFrom('backup_codes as b')
        .select((each) => each.fn.countAll<number>().as('left'))
        .where('b.user_id', '=', user_id)
        .where('b.used_at', 'is', null)
        .as('left'),
    ])
    .where('s.user_id', '=', user_id)
    .where('s.confirmed_at', 'is not', null)
    .executeTakeFirst()
  const passkeys = await passkeysOf(db, user_id).orderBy('createdAt').orderBy('id').execute()
  return { app: app?.since ? { since: app.since, backup_codes_left: Number(app.left ?? 0) } : undefined, passkeys }
}

/** One of the user's own passkeys. */
export function findPasskey(db: Db | Trx, user_id: string, id: string): Promise<PasskeyLine | undefined> {
  return passkeysOf(db, user_id).where('id', '=', id).executeTakeFirst()
}

function passkeysOf(db: Db | Trx, user_id: string) {
  return db
    .selectFrom('auth.passkey')
    .select(['id', 'name', 'createdAt as added_at', 'lastUsedAt as used_at'])
    .where('userId', '=', user_id)
}

/** The organizations that nobody but this user works for. */
export async function listOrganizationsAlone(db: Db, user_id: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select g.name from memberships m join organizations g on g.id = m.organization_id
    where m.user_id = ${user_id}
      and not exists (select from memberships o where o.organization_id = g.id and o.user_id <> ${user_id})
    order by g.name`.execute(db)
  return rows.map(({ name }) => name)
}

/** The token of one of the user's own sessions: pages name sessions by id, so that no token ever stands in one. */
export async function findSessionToken(db: Db, user_id: string, session_id: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('auth.session')
    .select('token')
    .where('id', '=', session_id)
    .where('userId', '=', user_id)
    .executeTakeFirst()
  return row?.token
}

/** What a session was opened with beside the password. */
export async function findSecondFactor(db: Db, session_id: string): Promise<SecondFactor | null> {
  const session = await db
    .selectFrom('auth.session')
    .select('secondFactor')
    .where('id', '=', session_id)
    .executeTakeFirst()
  return session?.secondFactor ?? null
}

/** Whether a mailed link may still set a password. better-auth keeps the tokens as SHA-256 only. */
export async function isResetTokenAlive(db: Db, token: string, now: Date): Promise<boolean> {
  const identifier = createHash('sha256').update(`reset-password:${token}`).digest('base64url')
  const found = await db
    .selectFrom('auth.verification')
    .select('id')
    .where('identifier', '=', identifier)
    .where('expiresAt', '>', now)
    .executeTakeFirst()
  return found !== undefined
}

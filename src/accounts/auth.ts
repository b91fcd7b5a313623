import { passkey } from '@better-auth/passkey'
import { betterAuth } from 'better-auth'
import { APIError, createEmailVerificationToken } from 'better-auth/api'
import { verifyJWT } from 'better-auth/crypto'
import { hashPassword, keyFor, sessionCookies, verifyPassword } from '../platform/auth/index.ts'
import type { Config } from '../platform/config.ts'
import type { Db } from '../platform/db/index.ts'
import { uuidv7 } from '../platform/ids.ts'
import type { Log } from '../platform/log.ts'
import { noteConfirmation, notePasswordReset, sendReset } from './account-hooks.ts'
import { passwordLength } from './schemas.ts'

/** Never mounted: only `ask` speaks to it, so nobody reaches an endpoint that our own handlers do not throttle. */
export const authPath = '/auth-api'
const minute = 60
const hour = 60 * minute
const day = 24 * hour
const confirmationLifetime = 3 * day
/** What the plugin calls the cookie with the challenge to a passkey. */
const passkeyCookie = 'passkey_challenge'

export type AuthServices = { db: Db; config: Config; log: Log }
export type Auth = ReturnType<typeof makeAuth>

const made = new WeakMap<Db, Auth>()

/** The better-auth instance over this database. */
export function authOver(services: AuthServices): Auth {
  let auth = made.get(services.db)
  if (!auth) {
    auth = makeAuth(services)
    made.set(services.db, auth)
  }
  return auth
}

/** Signs session cookies and confirmation links. */
export function authSecret(config: Config): string {
  return keyFor(config, 'sign-in').toString('hex')
}

/** A token that confirms this e-mail address for three days, as better-auth's verification reads it. */
export function confirmationToken(config: Config, email: string): Promise<string> {
  return createEmailVerificationToken(authSecret(config), email, undefined, confirmationLifetime)
}

/** The e-mail address that a token confirms; undefined when it is not ours or too old. */
export async function emailOfToken(config: Config, token: string): Promise<string | undefined> {
  const claims = await verifyJWT<{ email?: unknown; updateTo?: unknown }>(token, authSecret(config))
  return typeof claims?.email === 'string' && claims.updateTo === undefined ? claims.email : undefined
}

/** Options of better-auth; apart from `makeAuth` so that a test can ask which schema they need. */
export function authOptions({ db, config, log }: AuthServices) {
  const cookies = sessionCookies(config)
  return {
    baseURL: config.base_url,
    basePath: authPath,
    secret: authSecret(config),
    trustedOrigins: [config.base_url],
    telemetry: { enabled: false },
    database: { db, type: 'postgres', schemaName: 'auth', transaction: true },
    rateLimit: { enabled: false },
    verification: { storeIdentifier: 'hashed' },
    session: {
      expiresIn: 7 * day,
      updateAge: day,
      // Pages that change who may sign in ask for the password, however young the session is.
      freshAge: 0,
      additionalFields: {
        activeOrganizationId: { type: 'string', required: false, input: false },
        secondFactor: { type: 'string', required: false, input: false },
      },
    },
    user: {
      additionalFields: {
        givenName: { type: 'string', required: true, defaultValue: '', input: false },
        familyName: { type: 'string', required: true, defaultValue: '', input: false },
        phone: { type: 'string', required: false, input: false },
        locale: { type: 'string', required: true, defaultValue: 'en', input: false },
        timeZone: { type: 'string', required: true, defaultValue: 'UTC', input: false },
      },
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLength.min,
      maxPasswordLength: passwordLength.max,
      resetPasswordTokenExpiresIn: hour,
      revokeSessionsOnPasswordReset: true,
      password: { hash: hashPassword, verify: ({ hash, password }) => verifyPassword(hash, password) },
      sendResetPassword: ({ user, token }) => sendReset({ db, config }, user.id, token),
      onPasswordReset: ({ user }) => notePasswordReset({ db, config }, user.id),
    },
    plugins: [
      passkey({
        rpID: new URL(config.base_url).hostname,
        rpName: config.vendor.name,
        origin: new URL(config.base_url).origin,
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        advanced: { webAuthnChallengeCookie: passkeyCookie },
        registration: {
          afterVerification: ({ verification }) => mustBeVerified(verification.registrationInfo?.userVerified),
        },
        authentication: {
          afterVerification: ({ verification }) => mustBeVerified(verification.authenticationInfo.userVerified),
        },
      }),
    ],
    emailVerification: {
      expiresIn: confirmationLifetime,
      afterEmailVerification: (user) => noteConfirmation({ db, config }, user.id),
    },
    advanced: {
      database: { generateId: () => uuidv7() },
      useSecureCookies: false,
      defaultCookieAttributes: cookies.attributes,
      cookies: {
        session_token: { name: cookies.session },
        dont_remember: { name: cookies.not_remembered },
        [passkeyCookie]: { name: cookies.passkey },
      },
      ipAddress: { ipAddressHeaders: ['x-forwarded-for'], ipv6Subnet: 128 },
    },
    logger: {
      level: 'error',
      log: (level, message) => log[level === 'error' ? 'error' : 'warn']({ from: 'better-auth' }, message),
    },
  } satisfies Parameters<typeof betterAuth>[0]
}

/** Alone a passkey is two factors only where the device asked for a fingerprint, a face or a PIN. */
function mustBeVerified(verified: boolean | undefined): void {
  if (!verified) throw new APIError('UNAUTHORIZED')
}

function makeAuth(services: AuthServices) {
  return betterAuth(authOptions(services))
}

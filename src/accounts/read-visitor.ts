import type { Context, MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import { type Actor, dayOf } from '../platform/actor.ts'
import { sessionCookies, tokenOf } from '../platform/auth/index.ts'
import type { PublicEnv, Session } from '../platform/http/env.ts'
import { urls } from '../urls.ts'
import { askAuth } from './ask-auth.ts'
import { authSecret } from './auth.ts'
import { findSignedIn, localeOf, type SignedIn } from './queries.ts'
import { activeOrganization } from './rules.ts'

const day = 24 * 3600 * 1000
/** A session lasts seven days; one that was not extended for a day is, by better-auth. */
const extendBefore = 6 * day

/** What somebody may open whose account waits for something: never a page with anybody's data. */
const alwaysOpen = [
  ...Object.values(urls.preferences),
  urls.accounts.confirm,
  urls.accounts.resend,
  urls.accounts.acceptAgreement,
  urls.accounts.signOut,
  urls.accounts.forgot,
  urls.accounts.reset,
  ...Object.values(urls.keys),
  ...Object.values(urls.operations),
].map(({ pattern }) => pattern as string)
const alwaysOpenBelow = [urls.help.index, urls.dev.mailbox].map(({ pattern }) => pattern as string)

/**
 * Finds out who is calling: fills `visitor` and `session`.
 * An account whose address is not confirmed, or whose owner has not accepted the User Agreement in force, has no
 * role yet, and is led to the page that helps.
 */
export const readVisitor: MiddlewareHandler<PublicEnv> = async (c, next) => {
  c.set('visitor', undefined)
  c.set('session', undefined)
  const signedIn = await findCaller(c)
  // Whoever still owes the code of the second factor is nobody yet, on every page.
  if (!signedIn || signedIn.awaits_code) return next()

  const session = sessionOf(signedIn)
  c.set('session', session)
  c.set('visitor', visitorOf(c, signedIn, session))
  const way = wayOut(session)
  if (way && !isAlwaysOpen(c.req.path)) return c.redirect(way, 303)
  await extend(c, signedIn)
  return next()
}

/** Whoever this browser is, also while the code of the second factor is still to come. */
export async function findCaller(c: Context<PublicEnv>): Promise<SignedIn | undefined> {
  const cookie = getCookie(c, sessionCookies(c.var.config).session)
  const token = tokenOf(cookie, authSecret(c.var.config))
  return token ? findSignedIn(c.var.db, token, new Date()) : undefined
}

function sessionOf(signedIn: SignedIn): Session {
  const { organizations, chosen_organization_id } = signedIn
  return {
    id: signedIn.session_id,
    hold: holdOf(signedIn),
    second_factor: signedIn.second_factor,
    organization_id: activeOrganization(organizations, chosen_organization_id)?.id ?? null,
    organizations: organizations.map(({ id, name }) => ({ id, name })),
  }
}

/** Operators are the vendor's own: the agreement is with those who work for a customer. */
function holdOf({ confirmed, agreement_pending, organizations }: SignedIn): Session['hold'] {
  if (!confirmed) return 'confirm'
  return agreement_pending && organizations.length > 0 ? 'agreement' : undefined
}

function visitorOf(c: Context<PublicEnv>, signedIn: SignedIn, session: Session): Actor {
  const now = new Date()
  const free = session.hold === undefined
  const active = free ? signedIn.organizations.find(({ id }) => id === session.organization_id) : undefined
  const operator_role = free ? signedIn.operator_role : null
  return {
    kind: operator_role ? 'operator' : 'user',
    user_id: signedIn.user_id,
    name: signedIn.name,
    email: signedIn.email,
    organization_id: active?.id ?? null,
    role: active?.role ?? null,
    operator_role,
    locale: localeOf(signedIn),
    time_zone: signedIn.time_zone,
    now,
    today: dayOf(now, signedIn.time_zone),
    request_id: c.var.request_id,
    address: c.var.address,
  }
}

/** Where a held-back session must go first. */
export function wayOut({ hold }: Pick<Session, 'hold'>): string | undefined {
  if (hold === 'confirm') return urls.accounts.resend.to()
  return hold === 'agreement' ? urls.accounts.acceptAgreement.to() : undefined
}

function isAlwaysOpen(path: string): boolean {
  const isBelow = (folder: string) => path === folder || path.startsWith(`${folder}/`)
  return alwaysOpen.includes(path) || alwaysOpenBelow.some(isBelow)
}

/** Sessions that a browser forgets when it closes are not extended. */
async function extend(c: Context<PublicEnv>, { expires_at }: SignedIn): Promise<void> {
  const left = expires_at.getTime() - Date.now()
  if (left > extendBefore || c.req.method !== 'GET') return
  if (getCookie(c, sessionCookies(c.var.config).not_remembered)) return
  await askAuth(c, '/get-session')
}

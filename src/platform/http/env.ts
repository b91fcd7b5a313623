import type { Actor, Member, Operator } from '../actor.ts'
import type { Config } from '../config.ts'
import type { Database, Db } from '../db/index.ts'
import type { Format, Locale, T } from '../i18n.ts'
import type { Log } from '../log.ts'

/** `hold`: what must be done before anything else, the e-mail address confirmed or the User Agreement accepted. */
export type Session = {
  id: string
  hold: 'confirm' | 'agreement' | undefined
  /** Whether more than a password was asked for at sign-in. */
  second_factor: boolean
  organization_id: string | null
  organizations: { id: string; name: string }[]
  /** The customer that this session of a partner acts for. */
  acting?: { id: string; name: string }
}

/** What every handler finds in `c.var`. */
export type PublicEnv = {
  Variables: {
    config: Config
    database: Database
    db: Db
    log: Log
    request_id: string
    /** The client's network address, read through the proxy only when TRUST_PROXY is on. */
    address: string
    locale: Locale
    time_zone: string
    t: T
    format: Format
    theme: 'light' | 'dark' | 'auto'
    /** One-time message left by the request before this one. */
    flash: { tone: 'success' | 'danger'; text: string } | undefined
    /** Set for signed-in callers, else undefined. */
    visitor: Actor | undefined
    /** The signed-in browser's session: beside who it is, what holds it back and where it may switch to. */
    session: Session | undefined
  }
}

/** Handlers behind `allow('viewer')` and higher: somebody who works for an organization. */
export type Env = { Variables: PublicEnv['Variables'] & { actor: Member } }

/** Handlers behind `allow('operator')` or a list of operator roles: one of the vendor's staff. */
export type OperatorEnv = { Variables: PublicEnv['Variables'] & { actor: Operator } }

import type { Actor, Member } from '../actor.ts'
import type { Config } from '../config.ts'
import type { Database, Db } from '../db/index.ts'
import type { Format, Locale, T } from '../i18n.ts'
import type { Log } from '../log.ts'

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
  }
}

/** Handlers behind `allow('viewer')` and higher: somebody who works for an organization. */
export type Env = { Variables: PublicEnv['Variables'] & { actor: Member } }

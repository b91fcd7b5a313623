import type { Context } from 'hono'
import type { Actor } from '../platform/actor.ts'
import { AppError } from '../platform/errors.ts'
import type { PublicEnv } from '../platform/http/env.ts'
import type { Reader } from './pages/request-parts.tsx'
import type { Person } from './write-message.ts'

/** In whose language, zone and day a page about requests speaks. */
export function readerOf(
  { var: { t, format } }: { var: Pick<PublicEnv['Variables'], 't' | 'format'> },
  actor: Actor,
): Reader {
  return { t, format, time_zone: actor.time_zone, today: actor.today, now: actor.now }
}

/** Whoever is signed in, for pages behind `allow('signed_in')`. */
export function personOf(c: Context<PublicEnv>): Person {
  const { visitor } = c.var
  if (!visitor?.user_id) throw new AppError('not_signed_in')
  return { ...visitor, user_id: visitor.user_id }
}

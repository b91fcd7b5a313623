import type { Actor } from '../platform/actor.ts'
import type { PublicEnv } from '../platform/http/env.ts'
import type { Reader } from './pages/request-parts.tsx'

/** In whose language, zone and day a page about requests speaks. */
export function readerOf({
  var: { t, format, actor },
}: {
  var: Pick<PublicEnv['Variables'], 't' | 'format'> & { actor: Actor }
}): Reader {
  return { t, format, time_zone: actor.time_zone, today: actor.today, now: actor.now }
}

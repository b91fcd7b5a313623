import { Hono } from 'hono'
import { allow } from '../platform/http/access.ts'
import { bodyUpTo } from '../platform/http/body-limit.ts'
import type { PublicEnv } from '../platform/http/env.ts'
import { readJson } from '../platform/http/json.ts'
import type { Services } from '../platform/services.ts'
import { urls } from '../urls.ts'
import { description } from './describe-api.ts'
import { signatureProver } from './prove-signature.ts'
import { questionSchema } from './schemas.ts'
import { validateKey } from './validate-key.ts'

/** A license file of the largest size, written as JSON in JSON. */
const largestBody = 256 * 1024

/** For products, without cookies; mounted before what only pages need. No other origin may read an answer (CORS). */
export function validationApi({ db }: Pick<Services, 'db'>) {
  const prove = signatureProver(db)
  return new Hono<PublicEnv>()
    .post(urls.api.validate.pattern, allow('anyone'), bodyUpTo(largestBody), async (c) => {
      const question = await readJson(c, questionSchema)
      const answer = await validateKey(db, { prove, address: c.get('address') }, question)
      c.header('cache-control', 'no-store')
      return c.json(answer)
    })
    .get(urls.api.description.pattern, allow('anyone'), (c) => {
      c.header('cache-control', 'public, max-age=300')
      return c.json(description(c.var.config))
    })
}

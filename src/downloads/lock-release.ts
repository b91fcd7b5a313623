import type { Day } from '../platform/actor.ts'
import type { Trx } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import type { ReleaseState } from './rules.ts'

export type LockedRelease = {
  id: string
  state: ReleaseState
  revision: number
  product_id: string
  product_code: string
  product_name: string
  version: string
  released_on: Day
}

/** The second of two who change a release waits here, and then sees what the first made of it. @throws `not_found`. */
export async function lockRelease(trx: Trx, id: string): Promise<LockedRelease> {
  const release = await trx
    .selectFrom('releases as r')
    .innerJoin('product_versions as v', 'v.id', 'r.product_version_id')
    .innerJoin('products as p', 'p.id', 'v.product_id')
    .select(['r.id', 'r.state', 'r.revision', 'p.id as product_id', 'p.code as product_code', 'p.name as product_name'])
    .select(['v.version', 'v.released_on'])
    .where('r.id', '=', id)
    .forNoKeyUpdate('r')
    .executeTakeFirst()
  if (!release) throw new AppError('not_found')
  return release
}

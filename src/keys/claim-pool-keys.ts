import { sql } from 'kysely'
import type { Trx } from '../platform/db/index.ts'

export type PoolKey = { id: string; product_id: string; key_text: string }

/**
 * Takes imported keys out of their pools for the caller's transaction; concurrent callers take different ones.
 * @returns for each product as many keys as it wants, or undefined when a pool has too few left.
 */
export async function claimPoolKeys(
  trx: Trx,
  wanted: ReadonlyMap<string, number>,
): Promise<Map<string, PoolKey[]> | undefined> {
  const { rows } = await sql<PoolKey>`
    select claimed.* from unnest(${[...wanted.keys()]}::uuid[], ${[...wanted.values()]}::int[]) as wanted (product_id, count)
    cross join lateral (
      select id, product_id, key_text from pool_keys
      where product_id = wanted.product_id and license_key_id is null
      order by id limit wanted.count for update skip locked
    ) claimed`.execute(trx)
  const claimed = Map.groupBy(rows, (row) => row.product_id)
  const isShort = [...wanted].some(([product_id, count]) => (claimed.get(product_id)?.length ?? 0) < count)
  return isShort ? undefined : claimed
}

/** Notes which license keys the claimed ones became, in the transaction that claimed them. */
export async function usePoolKeys(trx: Trx, used: { pool_key_id: string; license_key_id: string }[]): Promise<void> {
  await sql`
    update pool_keys p set license_key_id = t.license_key_id
    from unnest(${used.map((one) => one.pool_key_id)}::uuid[], ${used.map((one) => one.license_key_id)}::uuid[])
      as t (id, license_key_id)
    where p.id = t.id`.execute(trx)
}

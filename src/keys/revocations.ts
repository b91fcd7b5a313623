import { REVOCATIONS_TYP, type Revocation } from '@keyport/license'
import { sql } from 'kysely'
import type { Db } from '../platform/db/index.ts'
import { type Signer, signJws } from './signer.ts'

/** Why a key no longer counts, as published: everything else becomes `revoked`, free text never leaves the house. */
export const revocationReasons = [
  'superseded',
  'rehosted',
  'returned',
  'transferred',
  'order_cancelled',
  'compromised',
  'revoked',
] as const
export type RevocationReason = (typeof revocationReasons)[number]

/** Entries of one list; a longer one continues in the next page. */
const PAGE = 10_000

/**
 * A change counts from a moment before its transaction commits, so a list may miss what it should have held; each
 * increment goes back this far, in seconds, further than any transaction lasts.
 */
const OVERLAP = 3600

/** Where a page begins: after this entry, in the order of time (microseconds since 1970) and id. */
export type RevocationCursor = { micros: number; jti: string }

export type RevocationPage = {
  entries: Revocation[]
  /** Undefined on the last page. */
  next: RevocationCursor | undefined
}

/**
 * Revoked and superseded keys that verifiers could otherwise take for good, oldest first, one page.
 * @param since seconds since 1970: the `iat` of the newest list that the caller has
 */
export async function readRevocationPage(
  db: Db,
  from: { since?: number; after?: RevocationCursor },
  size = PAGE,
): Promise<RevocationPage> {
  const after = from.after ?? { micros: Math.max((from.since ?? 0) - OVERLAP, 0) * 1e6, jti: lowestId }
  const { rows } = await revocationsAfter(after, size + 1).execute(db)
  const page = rows.slice(0, size)
  const last = page.at(-1)
  return {
    entries: page.map(({ jti, micros, is_revoked, reason, replaced_by }) => ({
      jti,
      at: Math.floor(micros / 1e6),
      reason: is_revoked ? publishedReason(reason) : 'superseded',
      ...(replaced_by && { replaced_by }),
    })),
    next: rows.length > size && last ? { micros: last.micros, jti: last.jti } : undefined,
  }
}

type Row = { jti: string; micros: number; is_revoked: boolean; reason: string | null; replaced_by: string | null }

/** One query, served by the indexes license_keys_ended_signed and license_keys_replaces. */
export function revocationsAfter({ micros, jti }: RevocationCursor, limit: number) {
  return sql<Row>`
    select k.id as jti,
      (extract(epoch from coalesce(k.revoked_at, k.superseded_at)) * 1000000)::bigint as micros,
      k.revoked_at is not null as is_revoked, k.revoked_reason as reason,
      (select n.id from license_keys n where n.replaces_id = k.id
       order by n.issued_at desc, n.id desc limit 1) as replaced_by
    from license_keys k
    where k.kid is not null and (k.revoked_at is not null or k.superseded_at is not null)
      and (coalesce(k.revoked_at, k.superseded_at), k.id) > (to_timestamp(${micros}::float8 / 1000000), ${jti}::uuid)
    order by coalesce(k.revoked_at, k.superseded_at), k.id
    limit ${limit}`
}

/** Signs one page. Its `iat` is the moment up to which it is complete. */
export function signRevocationPage(
  signer: Signer,
  issuer: string,
  { entries, next }: RevocationPage,
  now: Date,
): Promise<string> {
  const iat = Math.floor(next ? next.micros / 1e6 : now.getTime() / 1000)
  return signJws(signer, REVOCATIONS_TYP, JSON.stringify({ slf: 1, iss: issuer, iat, revoked: entries }))
}

const lowestId = '00000000-0000-0000-0000-000000000000'

/** The reason of a revocation as anybody may read it. */
export function publishedReason(reason: string | null): RevocationReason {
  return revocationReasons.find((known) => known === reason) ?? 'revoked'
}

import { sql } from 'kysely'
import { isAtLeast, type Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'

export type Comment = {
  id: string
  author_name: string | null
  body: string
  created_at: Date
  /** Whether the reader may remove it. */
  removable: boolean
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The newest comments of the reader's organization on a license, or those before a cursor. */
export async function listComments(
  db: Db,
  actor: Member,
  license_id: string,
  { before, limit }: { before?: string | undefined; limit: number },
) {
  const cursor = before && uuid.test(before) ? before : undefined
  const rows = await db
    .selectFrom('license_comments as c')
    .leftJoin('auth.user as u', 'u.id', 'c.user_id')
    .select(['c.id', 'u.name as author_name', 'c.body', 'c.created_at', 'c.user_id'])
    .where('c.license_id', '=', license_id)
    .where('c.organization_id', '=', actor.organization_id)
    .where('c.removed_at', 'is', null)
    .$if(cursor !== undefined, (query) =>
      query.where(
        sql<boolean>`(c.created_at, c.id) < (select created_at, id from license_comments where id = ${cursor}::uuid
          and license_id = ${license_id})`,
      ),
    )
    .orderBy('c.created_at', 'desc')
    .orderBy('c.id', 'desc')
    .limit(limit + 1)
    .execute()
  const comments: Comment[] = rows.slice(0, limit).map(({ user_id, ...comment }) => ({
    ...comment,
    removable: mayRemoveComment(actor, user_id),
  }))
  const last = rows.length > limit ? comments.at(-1) : undefined
  return { comments, older: last?.id }
}

/** Its author, while a manager, or an administrator. */
export function mayRemoveComment(actor: Member, author_id: string): boolean {
  const least = actor.user_id === author_id ? 'manager' : 'administrator'
  return isAtLeast(actor, least)
}

import type { Db } from '../platform/db/index.ts'

export type Message = {
  id: string
  side: 'customer' | 'vendor'
  internal: boolean
  author_id: string
  /** Null once the account is closed. */
  author_name: string | null
  body: string
  written_at: Date
}

/** Of a conversation longer than any that people have; what is beyond is reached by its cursor. */
const pageLength = 50

/**
 * The newest messages about a request, the oldest of them first, or those before a cursor. `staff`: with the internal
 * notes. Whoever calls has found the request for the reader.
 */
export async function listMessages(db: Db, request_id: string, { staff, before }: { staff: boolean; before?: string }) {
  const rows = await db
    .selectFrom('request_messages as m')
    .leftJoin('auth.user as u', 'u.id', 'm.author_id')
    .select(['m.id', 'm.side', 'm.internal', 'm.author_id', 'u.name as author_name', 'm.body', 'm.written_at'])
    .where('m.request_id', '=', request_id)
    .$if(!staff, (query) => query.where('m.internal', '=', false))
    .$if(before !== undefined, (query) =>
      query.where((eb) =>
        eb(
          eb.refTuple('m.written_at', 'm.id'),
          '<',
          eb
            .selectFrom('request_messages as c')
            .select(['c.written_at', 'c.id'])
            .where('c.id', '=', before!)
            .where('c.request_id', '=', request_id)
            .$asTuple('written_at', 'id'),
        ),
      ),
    )
    .orderBy('m.written_at', 'desc')
    .orderBy('m.id', 'desc')
    .limit(pageLength + 1)
    .execute()
  const messages: Message[] = rows.slice(0, pageLength).reverse()
  return { messages, before: rows.length > pageLength ? messages[0]!.id : undefined }
}

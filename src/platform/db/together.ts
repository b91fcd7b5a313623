import { type RawBuilder, sql } from 'kysely'
import type { Trx } from './open-database.ts'

/**
 * Begins the text of a statement that a server should parse and plan once per connection. For hot paths with one
 * constant text; a text that varies would pile up plans.
 */
export const prepared = sql.raw('/* prepared */ ')

/**
 * Runs statements that change data in one round trip, as common table expressions of one statement. All see the
 * database as it was before; one sees what another changed only by its name and `returning`; none may touch a row
 * that another touches. Foreign keys and statement triggers are checked at the end.
 */
export async function together(trx: Trx, statements: Record<string, RawBuilder<unknown>>): Promise<void> {
  const named = Object.entries(statements).map(([name, statement]) => sql`${sql.ref(name)} as (${statement})`)
  await sql`${prepared}with ${sql.join(named)} select 1`.execute(trx)
}

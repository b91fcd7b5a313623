import { sql } from 'kysely'
import type { Trx } from '../platform/db/index.ts'

/** Gives licenses the values that their owners noted on those they came from. The caller made them in this transaction. */
export async function copyFieldValues(
  trx: Trx,
  pairs: readonly { from: string; to: string }[],
  at: Date,
): Promise<void> {
  await sql`
    insert into license_field_values (license_id, field_id, organization_id, value, sort_value, updated_at)
    select t.new_id, v.field_id, v.organization_id, v.value, v.sort_value, ${at}::timestamptz
    from unnest(${pairs.map(({ from }) => from)}::uuid[], ${pairs.map(({ to }) => to)}::uuid[]) as t (old_id, new_id)
    join licenses l on l.id = t.old_id
    join license_field_values v on v.license_id = l.id and v.organization_id = l.owner_id`.execute(trx)
}

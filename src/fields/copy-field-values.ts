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

/**
 * Gives another organization the values of an owner's fields, as far as it has fields of the same name and type.
 * `copies` says which license's values go to which.
 */
export async function copyValuesTo(
  trx: Trx,
  {
    from,
    to,
    copies,
    at,
  }: { from: string; to: string; copies: readonly { license_id: string; moved_id: string }[]; at: Date },
): Promise<void> {
  await sql`
    insert into license_field_values (license_id, field_id, organization_id, value, sort_value, updated_at)
    select t.moved_id, n.id, ${to}, v.value, v.sort_value, ${at}
    from unnest(${copies.map(({ license_id }) => license_id)}::uuid[], ${copies.map(({ moved_id }) => moved_id)}::uuid[])
      as t (license_id, moved_id)
    join license_field_values v on v.license_id = t.license_id and v.organization_id = ${from}
    join user_defined_fields o on o.id = v.field_id and o.deleted_at is null
    join user_defined_fields n on n.organization_id = ${to} and n.deleted_at is null and lower(n.name) = lower(o.name)
      and n.type = o.type and (n.type <> 'choice' or v.value = any(n.choices))
    on conflict (license_id, field_id) do nothing`.execute(trx)
}

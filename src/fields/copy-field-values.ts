import { sql } from 'kysely'
import type { Trx } from '../platform/db/index.ts'

/** Gives a license that was split off the values of the one it came from. The caller made it in this transaction. */
export async function copyFieldValues(trx: Trx, from: string, to: string, at: Date): Promise<void> {
  await sql`
    insert into license_field_values (license_id, field_id, organization_id, value, sort_value, updated_at)
    select ${to}::uuid, field_id, organization_id, value, sort_value, ${at} from license_field_values
    where license_id = ${from}::uuid
      and organization_id = (select owner_id from licenses where id = ${from}::uuid)`.execute(trx)
}

import type { Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'

export type FieldValue = {
  name: string
  type: 'text' | 'number' | 'date' | 'choice' | 'yes_no'
  choices: string[]
  value: string | null
}

/** What the reader's organization keeps about a license: its user-defined fields with their values, and its tags. */
export async function getNotes(db: Db, { organization_id }: Member, license_id: string) {
  const fields: FieldValue[] = await db
    .selectFrom('user_defined_fields as f')
    .leftJoin('license_field_values as v', (join) =>
      join.onRef('v.field_id', '=', 'f.id').on('v.license_id', '=', license_id),
    )
    .select(['f.name', 'f.type', 'f.choices', 'v.value'])
    .where('f.organization_id', '=', organization_id)
    .where('f.deleted_at', 'is', null)
    .orderBy('f.position')
    .execute()
  const tags = await db
    .selectFrom('license_tags')
    .select('tag')
    .where('license_id', '=', license_id)
    .where('organization_id', '=', organization_id)
    .orderBy('tag')
    .execute()
  return { fields, tags: tags.map(({ tag }) => tag) }
}

import { sql } from 'kysely'
import type { Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import type { Level } from './levels.ts'
import { seesNotes } from './option-rules.ts'

export type FieldValue = {
  name: string
  type: 'text' | 'number' | 'date' | 'choice' | 'yes_no'
  choices: string[]
  value: string | null
  /** The organization that shares it, or null for the reader's own. */
  of: string | null
}

/**
 * What the reader's organization keeps about a license: its user-defined fields with their values, and its tags; on a
 * license of others also the fields that its owner shares.
 */
export async function getNotes(db: Db, actor: Member, license: { id: string; owner_id: string | null; level: Level }) {
  const { organization_id, via } = actor
  const { id: license_id, owner_id } = license
  const fields: FieldValue[] = await db
    .selectFrom('user_defined_fields as f')
    .leftJoin('license_field_values as v', (join) =>
      join.onRef('v.field_id', '=', 'f.id').on('v.license_id', '=', license_id),
    )
    .leftJoin('organizations as o', (join) =>
      join.onRef('o.id', '=', 'f.organization_id').on('o.id', '<>', organization_id),
    )
    .select(['f.name', 'f.type', 'f.choices', 'v.value', 'o.name as of'])
    .where((e) =>
      e.or([
        e('f.organization_id', '=', organization_id),
        e.and([e('f.organization_id', '=', owner_id), e('f.shared', '=', true)]),
      ]),
    )
    .where('f.deleted_at', 'is', null)
    .$if(via !== undefined, (query) => query.where('f.shared', '=', true))
    .orderBy(sql`f.organization_id <> ${organization_id}`)
    .orderBy('f.position')
    .$narrowType<{ type: FieldValue['type'] }>()
    .execute()
  if (!seesNotes(actor, license)) return { fields, tags: [] }
  const tags = await db
    .selectFrom('license_tags')
    .select('tag')
    .where('license_id', '=', license_id)
    .where('organization_id', '=', organization_id)
    .orderBy('tag')
    .execute()
  return { fields, tags: tags.map(({ tag }) => tag) }
}

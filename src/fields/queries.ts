import { type Selectable, sql } from 'kysely'
import type { Held } from '../licenses/index.ts'
import type { Actor, Member } from '../platform/actor.ts'
import type { DB, Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import type { FieldType } from './rules.ts'
import { daysKept, type Flag, fieldIdSchema, flags } from './schemas.ts'

/** What a field is, as people see and change it. */
export type FieldDefinition = {
  id: string
  name: string
  type: FieldType
  choices: string[]
  flags: Flag[]
  revision: number
}

type Organization = Pick<Member, 'organization_id'> & Pick<Actor, 'via'>

/** The fields of the actor's organization, in the order that it chose; to who acts for it, those that it shares. */
export async function listFields(db: Db, { organization_id, via }: Organization): Promise<FieldDefinition[]> {
  const rows = await db
    .selectFrom('user_defined_fields')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('deleted_at', 'is', null)
    .$if(via !== undefined, (query) => query.where('shared', '=', true))
    .orderBy('position')
    .execute()
  return rows.map(definitionOf)
}

/** A license as far as its fields go: whose it is, and at which level the reader's organization has it. */
export type FieldedLicense = { owner_id: string | null } & Held

/**
 * The fields that the actor may fill in on a license: those of the own organization, and on a license that another one
 * lets it manage, those that its owner shares.
 */
export async function listFieldsOn(db: Db, actor: Organization, license: FieldedLicense): Promise<FieldDefinition[]> {
  if (actor.via && license.level !== 'full') return []
  const own = await listFields(db, actor)
  if (actor.via || license.own || license.level !== 'full' || !license.owner_id) return own
  const shared = await listFields(db, { organization_id: license.owner_id })
  return [...own, ...shared.filter(({ flags }) => flags.includes('shared'))]
}

/** A row of the table as people see it. */
export function definitionOf(row: Selectable<DB['user_defined_fields']>): FieldDefinition {
  const { id, name, choices, revision } = row
  return { id, name, type: row.type as FieldType, choices, flags: flags.filter((flag) => row[flag]), revision }
}

/** @throws AppError `not_found` for another organization's field, and for a deleted one. */
export async function getField(db: Db, { organization_id }: Organization, field_id: string): Promise<FieldDefinition> {
  if (!fieldIdSchema.safeParse(field_id).success) throw new AppError('not_found')
  const row = await db
    .selectFrom('user_defined_fields')
    .selectAll()
    .where('id', '=', field_id)
    .where('organization_id', '=', organization_id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (!row) throw new AppError('not_found')
  return definitionOf(row)
}

/** On how many licenses of the organization a field has a value. */
export async function countLicensesWith(db: Db, { organization_id }: Organization, field_id: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from license_field_values
    where field_id = ${field_id} and organization_id = ${organization_id}`.execute(db)
  return rows[0]!.count
}

export type DeletedField = { id: string; name: string; deleted_at: Date }

/** What can still be brought back, the latest first. */
export function listDeletedFields(db: Db, { organization_id, now }: Member): Promise<DeletedField[]> {
  return db
    .selectFrom('user_defined_fields')
    .select(['id', 'name', 'deleted_at'])
    .where('organization_id', '=', organization_id)
    .where('deleted_at', '>=', oldestKept(now))
    .orderBy('deleted_at', 'desc')
    .orderBy('id')
    .limit(50)
    .$narrowType<{ deleted_at: Date }>()
    .execute()
}

/** Fields deleted before this moment are gone. */
export function oldestKept(now: Date): Date {
  return new Date(now.getTime() - daysKept * 86_400_000)
}

/** The values of a license's fields, by the fields' ids: of the actor's organization, and of those `others` share. */
export async function valuesOf(
  db: Db,
  { organization_id, via }: Organization,
  license_id: string,
  others: readonly FieldDefinition[] = [],
) {
  const shared = others.map(({ id }) => id)
  const rows = await db
    .selectFrom('license_field_values')
    .select(['field_id', 'value'])
    .where('license_id', '=', license_id)
    .where(
      sql<boolean>`((organization_id = ${organization_id} and ${via === undefined}) or field_id = any(${shared}::uuid[]))`,
    )
    .execute()
  return new Map(rows.map(({ field_id, value }) => [field_id, value]))
}

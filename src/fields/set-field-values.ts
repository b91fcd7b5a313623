import { sql } from 'kysely'
import { type HeldLicense, lockHeldLicenses, raiseRevisions } from '../licenses/index.ts'
import { type Actor, type Member, mustBe } from '../platform/actor.ts'
import { recordAll } from '../platform/audit.ts'
import { type Db, inTransaction, type Trx } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { definitionOf, type FieldDefinition } from './queries.ts'
import { problemOf, sortValue, type ValueProblem } from './rules.ts'

type Values = Readonly<Record<string, string | null>>

export type FieldValuesInput = {
  license_ids: readonly string[]
  /** By the fields' ids: a value in the form in which it is stored (see `readFieldValue`), or null to take it away. */
  values: Values
  /** By the licenses' ids: values that hold for that one, in place of `values`. */
  own?: Readonly<Record<string, Values>>
  /** By the licenses' ids: those changed since are refused. */
  revisions?: Readonly<Record<string, number>>
  /** Tells what would happen, and changes nothing. */
  dry_run?: boolean
}

/** `changed` since its page was shown. */
export type LicenseRefusal = 'not_found' | 'changed'

export type FieldValuesResult =
  /** The values cannot be set on any license. */
  | { ok: false; problems: Record<string, ValueProblem | 'required'> }
  | {
      ok: true
      /** Ids of the licenses that got another value, and how many had these values already. */
      changed: string[]
      unchanged: number
      refused: Refused[]
    }

/**
 * Sets values of user-defined fields on licenses, few or thousands, in a fixed number of statements: fields of the
 * actor's organization on each license that it owns or that others share with it, and fields that an owner shares on
 * licenses that it lets the organization manage. Each license stands for itself: those refused leave the others alone.
 * @throws AppError `forbidden` unless the actor is a manager; `not_found` for a field of others that is not shared;
 * `invalid` for an own value that is none.
 */
export async function setFieldValues(db: Db, actor: Actor, input: FieldValuesInput): Promise<FieldValuesResult> {
  mustBe(actor, 'manager')
  return inTransaction(db, async (trx) => {
    const own = Object.values(input.own ?? {})
    const fields = await fieldsNamed(trx, actor, [...new Set([input.values, ...own].flatMap(Object.keys))])
    const problems = problemsOf(fields, input.values)
    if (Object.keys(problems).length > 0) return { ok: false, problems }
    if (own.some((values) => Object.keys(problemsOf(fields, values)).length > 0)) throw new AppError('invalid')

    const licenses = await lockFor(trx, actor, fields, input.license_ids.filter(isUuid))
    const refused = refusedOf(licenses, input)
    const refused_ids = new Set(refused.map(({ license_id }) => license_id))
    const free = licenses.filter(({ id }) => !refused_ids.has(id))
    const changes = await changesOf(trx, free, fields, input)
    if (!input.dry_run) await write(trx, actor, changes)
    const changed = changes.map(({ license }) => license.id)
    return { ok: true, changed, unchanged: free.length - changed.length, refused }
  })
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const isUuid = (text: string) => uuid.test(text)

type NamedField = FieldDefinition & { organization_id: string }

async function fieldsNamed(trx: Trx, actor: Member, ids: string[]): Promise<NamedField[]> {
  const rows = await trx
    .selectFrom('user_defined_fields')
    .selectAll()
    .where('id', '=', sql<string>`any(${ids.filter(isUuid)}::uuid[])`)
    .where('deleted_at', 'is', null)
    .where((e) =>
      actor.via
        ? e('shared', '=', true)
        : e.or([e('organization_id', '=', actor.organization_id), e('shared', '=', true)]),
    )
    .orderBy('position')
    .execute()
  if (rows.length < ids.length) throw new AppError('not_found')
  return rows.map((row) => ({ ...definitionOf(row), organization_id: row.organization_id }))
}

/** What an organization notes for itself it may note on all that it sees; for others one needs full access. */
async function lockFor(trx: Trx, actor: Member, fields: NamedField[], ids: string[]): Promise<HeldLicense[]> {
  const others = [...new Set(fields.map(({ organization_id }) => organization_id))].filter(
    (id) => id !== actor.organization_id,
  )
  const licenses = await lockHeldLicenses(trx, actor, ids, actor.via || others.length > 0 ? 'full' : 'view')
  return licenses.filter(({ owner_id }) => others.every((id) => id === owner_id))
}

function problemsOf(fields: FieldDefinition[], values: Values) {
  const problems: Record<string, ValueProblem | 'required'> = {}
  for (const field of fields.filter(({ id }) => id in values)) {
    const value = values[field.id] ?? null
    const missing = value === null && field.flags.includes('required')
    const problem = missing ? 'required' : value === null ? undefined : problemOf(field, value)
    if (problem) problems[field.id] = problem
  }
  return problems
}

type Refused = { license_id: string; refusal: LicenseRefusal }

function refusedOf(licenses: HeldLicense[], { license_ids, revisions = {} }: FieldValuesInput): Refused[] {
  const known = new Map(licenses.map((license) => [license.id, license]))
  return [...new Set(license_ids)].flatMap((license_id): Refused[] => {
    const license = known.get(license_id)
    if (!license) return [{ license_id, refusal: 'not_found' }]
    const revision = revisions[license_id]
    const isChanged = revision !== undefined && revision !== license.revision
    return isChanged ? [{ license_id, refusal: 'changed' }] : []
  })
}

type Change = {
  field_id: string
  organization_id: string
  name: string
  type: FieldDefinition['type']
  before: string | null
  after: string | null
}
type LicenseChange = { license: HeldLicense; fields: Change[] }

/** The licenses that will not be as they were, with what changes on each. */
async function changesOf(
  trx: Trx,
  licenses: HeldLicense[],
  fields: NamedField[],
  input: FieldValuesInput,
): Promise<LicenseChange[]> {
  const { rows } = await sql<{ license_id: string; field_id: string; value: string }>`
    select license_id, field_id, value from license_field_values
    where license_id = any(${licenses.map(({ id }) => id)}::uuid[]) and field_id = any(${fields.map(({ id }) => id)}::uuid[])`.execute(
    trx,
  )
  const present = new Map(rows.map(({ license_id, field_id, value }) => [`${license_id} ${field_id}`, value]))
  return licenses.flatMap((license) => {
    const values = input.own?.[license.id] ?? input.values
    const named = fields.filter(({ id }) => id in values)
    const changed = named.flatMap(({ id: field_id, organization_id, name, type }) => {
      const before = present.get(`${license.id} ${field_id}`) ?? null
      const after = values[field_id] ?? null
      return before === after ? [] : [{ field_id, organization_id, name, type, before, after }]
    })
    return changed.length > 0 ? [{ license, fields: changed }] : []
  })
}

async function write(trx: Trx, actor: Member, changes: LicenseChange[]): Promise<void> {
  if (changes.length === 0) return
  const ids = changes.map(({ license }) => license.id)
  const cells = changes.flatMap(({ license, fields }) => fields.map((field) => ({ ...field, license_id: license.id })))
  const emptied = cells.filter(({ after }) => after === null)
  const filled = cells.filter(({ after }) => after !== null)
  await sql`delete from license_field_values
    using unnest(${emptied.map(({ license_id }) => license_id)}::uuid[],
      ${emptied.map(({ field_id }) => field_id)}::uuid[]) as t (license_id, field_id)
    where license_field_values.license_id = t.license_id and license_field_values.field_id = t.field_id`.execute(trx)
  await sql`
    insert into license_field_values as stored (license_id, field_id, organization_id, value, sort_value, updated_at)
    select license_id, field_id, organization_id, value, sort_value, ${actor.now}
    from unnest(${filled.map(({ license_id }) => license_id)}::uuid[],
      ${filled.map(({ field_id }) => field_id)}::uuid[], ${filled.map((cell) => cell.organization_id)}::uuid[],
      ${filled.map(({ after }) => after!)}::text[], ${filled.map(({ type, after }) => sortValue(type, after!))}::text[])
      as f (license_id, field_id, organization_id, value, sort_value)
    on conflict (license_id, field_id) do update set value = excluded.value, sort_value = excluded.sort_value,
      updated_at = excluded.updated_at, organization_id = excluded.organization_id
    where stored.value <> excluded.value`.execute(trx)
  await raiseRevisions(trx, ids)
  await recordAll(trx, actor, 'license.fields_changed', changes.flatMap(eventsOf))
}

/** The organization whose fields they are reads it: what others note for themselves is theirs alone. */
function eventsOf({ license: { id: license_id, customer_id }, fields }: LicenseChange) {
  return [...new Set(fields.map(({ organization_id }) => organization_id))].map((organization_id) => {
    const own = fields.filter((field) => field.organization_id === organization_id)
    const changed = own.map(({ organization_id: _, ...field }) => field)
    return { organization_id, license_id, customer_id, details: { fields: changed } }
  })
}

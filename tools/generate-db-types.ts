/**
 * Writes db/types.ts, the Kysely types of the tables, from a freshly migrated database.
 * Usage: node tools/generate-db-types.ts [--check]; --check only compares and exits 1 on a difference.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { poolOverEngine } from '../src/platform/db/connect.ts'
import { Engine } from '../src/platform/db/engine.ts'
import { migratedTemplate } from '../src/platform/db/template.ts'
import { projectRoot } from '../src/platform/root.ts'

type Column = {
  schema: string
  table: string
  column: string
  type: string
  is_array: boolean
  nullable: boolean
  has_default: boolean
  always_generated: boolean
  comment: string | null
  table_comment: string | null
  checks: string[] | null
  labels: string[] | null
}

/** How `typeParsers` reads each type, and what may be written to it. */
const scalars: Record<string, string> = {
  bool: 'boolean',
  int2: 'number',
  int4: 'number',
  int8: 'Int8',
  int8multirange: 'string',
  float4: 'number',
  float8: 'number',
  numeric: 'Numeric',
  text: 'string',
  varchar: 'string',
  bpchar: 'string',
  citext: 'string',
  name: 'string',
  uuid: 'string',
  inet: 'string',
  date: 'string',
  interval: 'string',
  time: 'string',
  timestamp: 'string',
  tsvector: 'string',
  timestamptz: 'Timestamp',
  bytea: 'Bytes',
  json: 'Json',
  jsonb: 'Json',
}

const head = `// Made by tools/generate-db-types.ts from db/migrations: do not edit, run \`npm run types:db\`.
import type { ColumnType, GeneratedAlways } from 'kysely'

export type Timestamp = ColumnType<Date, Date | string, Date | string>
export type Int8 = ColumnType<number, number | bigint, number | bigint>
export type Numeric = ColumnType<string, string | number, string | number>
export type Bytes = ColumnType<Buffer, Uint8Array, Uint8Array>
/** An array must be written as \`JSON.stringify(array)\`: the driver sends JavaScript arrays as PostgreSQL arrays. */
export type JsonObject = { [name: string]: unknown }
export type Json = ColumnType<unknown, JsonObject | string, JsonObject | string>
/** A column with a default, or an identity: may be left out of an insert. */
export type Generated<T> =
  T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>
`

/** What the elements of an array column are, where that differs. */
const elements: Record<string, string> = {
  Int8: 'number',
  Numeric: 'string',
  Timestamp: 'Date',
  Bytes: 'Buffer',
  Json: 'unknown',
}

const columnsOfTables = `
select n.nspname as schema, c.relname as table, a.attname as column,
  coalesce(e.typname, t.typname) as type, e.oid is not null as is_array,
  not a.attnotnull as nullable, a.atthasdef or a.attidentity = 'd' as has_default,
  a.attgenerated <> '' or a.attidentity = 'a' as always_generated,
  col_description(c.oid, a.attnum) as comment, obj_description(c.oid, 'pg_class') as table_comment,
  (select array_agg(pg_get_constraintdef(k.oid) order by k.conname) from pg_constraint k
    where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]) as checks,
  (select array_agg(l.enumlabel::text order by l.enumsortorder) from pg_enum l where l.enumtypid = coalesce(e.oid, t.oid)) as labels
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
join pg_type t on t.oid = a.atttypid
left join pg_type e on e.oid = t.typelem and t.typcategory = 'A'
where c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition
  and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg_%'
  and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')
order by n.nspname, c.relname, a.attnum`

const file = join(projectRoot, 'db', 'types.ts')
const wanted = renderTypes(await readColumns())
if (!process.argv.includes('--check')) writeFileSync(file, wanted)
else if (readFileSync(file, 'utf8') !== wanted) {
  console.error('db/types.ts does not match db/migrations: run `npm run types:db` and commit the result')
  process.exit(1)
}

/** The embedded engine knows the same catalog as a server, so that types can be made without one. */
async function readColumns(): Promise<Column[]> {
  const engine = new Engine({ files: await migratedTemplate() })
  const pool = poolOverEngine(() => engine.connect())
  const { rows } = await pool.query<Column>(columnsOfTables)
  await pool.end()
  await engine.close()
  return rows
}

function renderTypes(columns: Column[]): string {
  const tables = Map.groupBy(columns, keyOf)
  const parts = [...tables].map(([key, own]) => renderTable(key, own))
  const names = [...tables.keys()].map((key) => `  ${isName(key) ? key : `'${key}'`}: ${typeNameOf(key)}`)
  return `${head}\n${parts.join('\n')}\nexport interface DB {\n${names.join('\n')}\n}\n`
}

function renderTable(key: string, columns: Column[]): string {
  const lines = columns.map((column) => `${docOf(column.comment, '  ')}  ${column.column}: ${typeOf(column)}`)
  return `${docOf(columns[0]!.table_comment, '')}export interface ${typeNameOf(key)} {\n${lines.join('\n')}\n}\n`
}

function typeOf(column: Column): string {
  const single = unionOf(column) ?? scalars[column.type]
  if (!single) throw new Error(`${keyOf(column)}.${column.column}: no TypeScript type for ${column.type}`)
  const many = column.is_array ? `(${elements[single] ?? single})[]`.replace(/^\((\w+)\)/, '$1') : single
  const value = column.nullable ? `${many} | null` : many
  if (column.always_generated) return `GeneratedAlways<${value}>`
  return column.has_default ? `Generated<${value}>` : value
}

/** The values of an enum type, or of a check: `check (col in ('a', 'b'))` gives `'a' | 'b'`; PostgreSQL writes it back as `= ANY (ARRAY[…])` or `= 'a'`. */
function unionOf(column: Column): string | undefined {
  if (column.labels) return column.labels.map((label) => `'${label}'`).join(' | ')
  for (const check of column.checks ?? []) {
    const list = /^CHECK \(\("?\w+"? = (?:ANY \(ARRAY\[(.+)\]\)|('(?:[^']|'')*'::text))\)\)$/.exec(check)
    const values = (list?.[1] ?? list?.[2])?.match(/'(?:[^']|'')*'(?=::text)/g)
    if (values) return values.map((value) => `'${value.slice(1, -1).replaceAll("''", "\\'")}'`).join(' | ')
  }
  return undefined
}

function keyOf(column: Column): string {
  return column.schema === 'public' ? column.table : `${column.schema}.${column.table}`
}

function typeNameOf(key: string): string {
  return key
    .split(/[._]/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('')
}

function docOf(comment: string | null, indent: string): string {
  return comment ? `${indent}/** ${comment} */\n` : ''
}

function isName(key: string): boolean {
  return /^[a-z_][a-z0-9_]*$/.test(key)
}

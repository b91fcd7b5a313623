import { CompiledQuery, type RawBuilder, sql } from 'kysely'
import type { Db } from './open-database.ts'
import { prepared } from './together.ts'

/** Stands for a value until the statement is run. */
class Placeholder {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/**
 * A statement of the hottest paths: its text is made once, and a server parses and plans it once per connection. Making
 * the text anew takes longer than a look-up by key.
 */
export function statement<Row, Name extends string>(
  names: readonly Name[],
  build: (values: Record<Name, RawBuilder<unknown>>) => RawBuilder<Row>,
) {
  let made: CompiledQuery<Row> | undefined
  const placeholders = names.map((name) => [name, sql.val(new Placeholder(name))])
  const make = (db: Db) => sql<Row>`${prepared}${build(Object.fromEntries(placeholders))}`.compile(db)
  const compile = (db: Db, values: Record<Name, unknown>): CompiledQuery<Row> => {
    made ??= make(db)
    const parameters = made.parameters.map((one) => (one instanceof Placeholder ? values[one.name as Name] : one))
    return CompiledQuery.raw(made.sql, parameters) as CompiledQuery<Row>
  }
  return {
    compile,
    async rows(db: Db, values: Record<Name, unknown>): Promise<Row[]> {
      return (await db.executeQuery(compile(db, values))).rows
    },
  }
}

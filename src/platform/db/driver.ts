import { type DatabaseConnection, type Kysely, PostgresDialect, PostgresDriver } from 'kysely'
import type pg from 'pg'
import { GuardedKysely, refuseInsideTransaction } from './guard.ts'
import { asUnavailable } from './unavailable.ts'

/** Kysely over a pool: refuses the outer handle inside a transaction, and names errors of availability. */
export function kyselyOver<DB>(pool: pg.Pool): Kysely<DB> {
  return new GuardedKysely<DB>(new PoolDialect(pool), pool)
}

class PoolDialect extends PostgresDialect {
  readonly #pool: pg.Pool

  constructor(pool: pg.Pool) {
    super({ pool })
    this.#pool = pool
  }

  override createDriver(): PoolDriver {
    return new PoolDriver(this.#pool)
  }
}

class PoolDriver extends PostgresDriver {
  readonly #pool: pg.Pool
  readonly #known = new WeakSet<DatabaseConnection>()

  constructor(pool: pg.Pool) {
    super({ pool })
    this.#pool = pool
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    refuseInsideTransaction(this.#pool)
    const connection = await naming(super.acquireConnection())
    if (!this.#known.has(connection)) {
      const execute = connection.executeQuery.bind(connection)
      connection.executeQuery = (query, options) => naming(execute(query, options))
      this.#known.add(connection)
    }
    return connection
  }
}

async function naming<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw asUnavailable(error)
  }
}

import { AsyncLocalStorage } from 'node:async_hooks'
import { type Dialect, Kysely, type Transaction, type TransactionBuilder } from 'kysely'

type Scope = { open: boolean; owner: object }

const transactions = new AsyncLocalStorage<Scope>()

/**
 * @throws Error when the caller runs inside a transaction of the same database: asking for a second connection
 * there would see other data, and on the embedded engine, which has one connection, wait for itself for ever.
 */
export function refuseInsideTransaction(owner: object): void {
  const scope = transactions.getStore()
  if (scope?.open && scope.owner === owner) {
    throw new Error('a query went to the outer `db` inside a transaction: use the transaction (`trx`) there')
  }
}

/** Kysely that marks the callbacks of its transactions, so that `refuseInsideTransaction` can tell. */
export class GuardedKysely<DB> extends Kysely<DB> {
  readonly #owner: object

  constructor(dialect: Dialect, owner: object) {
    super({ dialect })
    this.#owner = owner
  }

  override transaction(): TransactionBuilder<DB> {
    return markCallbacks(super.transaction(), this.#owner)
  }
}

function markCallbacks<DB>(builder: TransactionBuilder<DB>, owner: object): TransactionBuilder<DB> {
  const setAccessMode = builder.setAccessMode.bind(builder)
  const setIsolationLevel = builder.setIsolationLevel.bind(builder)
  const execute = builder.execute.bind(builder)
  builder.setAccessMode = (mode) => markCallbacks(setAccessMode(mode), owner)
  builder.setIsolationLevel = (level) => markCallbacks(setIsolationLevel(level), owner)
  builder.execute = <T>(callback: (trx: Transaction<DB>) => Promise<T>) =>
    execute((trx) => runMarked(owner, () => callback(trx)))
  return builder
}

/** The mark ends with the callback: work it started and did not await may use the outer handle afterwards. */
async function runMarked<T>(owner: object, work: () => Promise<T>): Promise<T> {
  const scope: Scope = { open: true, owner }
  try {
    return await transactions.run(scope, work)
  } finally {
    scope.open = false
  }
}

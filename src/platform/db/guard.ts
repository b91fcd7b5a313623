import { AsyncLocalStorage } from 'node:async_hooks'
import { Kysely, type Transaction, type TransactionBuilder } from 'kysely'

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
  readonly owner: object

  constructor(config: ConstructorParameters<typeof Kysely<DB>>[0] & { owner: object }) {
    super(config)
    this.owner = config.owner
  }

  override transaction(): TransactionBuilder<DB> {
    return markCallbacks(super.transaction(), this.owner)
  }
}

function markCallbacks<DB>(builder: TransactionBuilder<DB>, owner: object): TransactionBuilder<DB> {
  return Object.assign(builder, {
    setAccessMode: marking(builder.setAccessMode.bind(builder), owner),
    setIsolationLevel: marking(builder.setIsolationLevel.bind(builder), owner),
    execute: executeMarked(builder.execute.bind(builder), owner),
  })
}

function marking<A, DB>(change: (argument: A) => TransactionBuilder<DB>, owner: object) {
  return (argument: A) => markCallbacks(change(argument), owner)
}

function executeMarked<DB>(
  execute: TransactionBuilder<DB>['execute'],
  owner: object,
): TransactionBuilder<DB>['execute'] {
  return (callback, options) =>
    execute((trx: Transaction<DB>) => {
      const scope: Scope = { open: true, owner }
      return transactions.run(scope, () => callback(trx).finally(() => (scope.open = false)))
    }, options)
}

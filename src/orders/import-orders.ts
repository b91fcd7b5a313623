import { type Actor, mustOperate } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { readTable, type TableRow, type TableSource } from '../platform/tables/index.ts'
import { type ColumnName, type Head, isIssue, type OrderRow, type RowIssue, readHead, readRow } from './columns.ts'
import { readCatalog } from './read-known.ts'
import type { Catalog } from './rules.ts'
import { storeBatch } from './store-batch.ts'

/** A row that was not taken, with its place in the file and its cells as they stood there. */
export type RejectedRow = RowIssue & { line: number; cells: string[] }

export type ImportReport = {
  /** Rows read, the head line aside; each is counted once below. */
  rows: number
  created: number
  corrected: number
  unchanged: number
  rejected: number
  unknown_columns: string[]
}

/** Why nothing of a file was read: its head line lacks columns, or names one twice. */
export class HeadRefused extends Error {
  readonly missing: ColumnName[]
  readonly twice: string[]

  constructor(head: Head) {
    super('the head line of the order file is not usable')
    this.name = 'HeadRefused'
    this.missing = head.missing
    this.twice = head.twice
  }
}

export type ImportOptions = {
  /** Everything is checked, nothing is stored. */
  dry_run?: boolean
  /** For CSV without a byte order mark. Default: UTF-8. */
  encoding?: string
  /** What history calls the file. */
  name?: string
  /** Called after each batch with the report so far. */
  on_progress?(report: Readonly<ImportReport>): void
  on_head?(cells: string[]): void | Promise<void>
  on_rejected?(rows: RejectedRow[]): void | Promise<void>
}

/**
 * Imports a file of order lines, CSV or XLSX of any size: each line becomes one unregistered license. Batches are
 * transactions of their own, so that a killed import keeps what it had stored; the same file again changes nothing.
 * A row with an issue is reported and stops nothing else.
 * @throws AppError `forbidden` unless the actor is an operator for orders; TableError; HeadRefused.
 * Source: domain.md §2 "order line"; columns: docs/orders-import.md.
 */
export async function importOrders(
  db: Db,
  actor: Actor,
  source: TableSource,
  options: ImportOptions = {},
): Promise<ImportReport> {
  mustOperate(actor, 'orders')
  const catalog = await readCatalog(db)
  const report: ImportReport = { rows: 0, created: 0, corrected: 0, unchanged: 0, rejected: 0, unknown_columns: [] }
  let head: Head | undefined
  for await (const rows of ahead(readTable(source, options))) {
    if (!head) {
      const first = rows.shift()!
      head = headOf(first.cells)
      report.unknown_columns = head.unknown
      await options.on_head?.(first.cells)
    }
    await importBatch(db, actor, catalog, head, rows, report, options)
    options.on_progress?.(report)
  }
  return report
}

/** Lets the file be read and parsed while the database works on the batch before. */
async function* ahead<T>(source: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = source.next()
  try {
    for (;;) {
      const { done, value } = await next
      if (done) return
      next = source.next()
      next.catch(() => {})
      yield value
    }
  } finally {
    await next.catch(() => {})
    await source.return(undefined)
  }
}

function headOf(cells: string[]): Head {
  const head = readHead(cells)
  if (head.missing.length > 0 || head.twice.length > 0) throw new HeadRefused(head)
  return head
}

async function importBatch(
  db: Db,
  actor: Actor,
  catalog: Catalog,
  head: Head,
  rows: TableRow[],
  report: ImportReport,
  options: ImportOptions,
) {
  const read = rows.map((row) => (row.problem ? { issue: row.problem } : readRow(head, row.cells)))
  const rejected: RejectedRow[] = []
  const reject = (issue: RowIssue, row: TableRow) => rejected.push({ ...issue, line: row.line, cells: row.cells })
  const good: { row: TableRow; order: OrderRow }[] = []
  for (const [n, row] of rows.entries()) {
    const order = read[n]!
    if (isIssue(order)) reject(order, row)
    else good.push({ row, order })
  }
  const orders = good.map(({ order }) => order)
  const decisions =
    orders.length > 0 ? await storeBatch(db, { ...actor, now: new Date() }, catalog, orders, options) : []
  for (const [n, decision] of decisions.entries()) {
    if (decision.kind === 'reject') reject(decision.issue, good[n]!.row)
    else if (decision.kind === 'create') report.created++
    else if (decision.kind === 'correct') report.corrected++
    else report.unchanged++
  }
  report.rows += rows.length
  report.rejected += rejected.length
  if (rejected.length > 0) await options.on_rejected?.(rejected.sort((a, b) => a.line - b.line))
}

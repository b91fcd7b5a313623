/** Order files and the small catalog they refer to. */
import { columnNames } from '../src/orders/index.ts'
import { type Actor, type OperatorRole, systemActor } from '../src/platform/actor.ts'
import type { Db } from '../src/platform/db/index.ts'
import { csvLine } from '../src/platform/tables/index.ts'
import { saveProducts } from '../src/products/index.ts'

type Row = Partial<Record<(typeof columnNames)[number], string | number>>

const usual: Row = {
  order_date: '2026-11-01',
  customer_number: 'C1',
  customer_name: 'Ada & Söhne',
  country: 'DE',
  product_code: 'TOOL',
  version: '1.0',
  quantity: 1,
}

/** An order file with every column; what a row does not say is believable. */
export function ordersCsv(rows: Row[]): string {
  const lines = rows.map((row) => columnNames.map((name) => ({ ...usual, ...row })[name] ?? ''))
  return [columnNames, ...lines].map(csvLine).join('')
}

/** TOOL, CARE (its maintenance) and PRINT (printed keys), each in version 1.0. */
export async function someCatalog(db: Db): Promise<void> {
  const versions = [{ version: '1.0', released_on: '2026-01-01' }]
  const common = { description: '', meter: 'device' as const, versions }
  await saveProducts(db, systemActor('test'), [
    { ...common, code: 'TOOL', name: 'Tool', kind: 'product', key_scheme: 'file' },
    { ...common, code: 'CARE', name: 'Tool Care', kind: 'maintenance', key_scheme: 'none', covers: 'TOOL' },
    { ...common, code: 'PRINT', name: 'Print', kind: 'product', key_scheme: 'printed' },
  ])
}

export function operator(role: OperatorRole): Actor {
  return { ...systemActor('operator'), kind: 'operator', operator_role: role }
}

import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { findViolations } from './check-imports.ts'

const house = {
  'db/migrations/0001_house.sql': 'create table orders (id uuid);\ncreate table licenses (id uuid);',
  'src/platform/db/index.ts': '/** Owns: schema_migrations. */\nexport const db = 1',
  'src/orders/index.ts': "/** Orders. Owns: orders. */\nexport { importOrders } from './import-orders.ts'",
  'src/orders/import-orders.ts':
    "import { db } from '../platform/db/index.ts'\nexport const importOrders = () => db.insertInto('orders')",
  'src/licenses/index.ts': "/** Owns: licenses. */\nexport { licenses } from './queries.ts'",
  'src/licenses/queries.ts': "import { importOrders } from '../orders/index.ts'\nexport const licenses = importOrders",
}

function violationsWith(t: TestContext, planted: Record<string, string>): string[] {
  const root = mkdtempSync(join(tmpdir(), 'keyport-imports-'))
  t.after(() => rmSync(root, { recursive: true }))
  for (const [file, text] of Object.entries({ ...house, ...planted })) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  return findViolations(root)
}

test('a house in order has no violations', (t) => {
  assert.deepEqual(violationsWith(t, {}), [])
})

test('entering a module past its index.ts is found, also lazily and by re-export', (t) => {
  assert.deepEqual(
    violationsWith(t, {
      'src/licenses/a.ts': "import { importOrders } from '../orders/import-orders.ts'",
      'src/licenses/b.ts': "\n\nconst lazy = await import('../orders/import-orders.ts')",
      'src/licenses/c.ts': "export type { X } from '../orders/import-orders.ts'",
    }),
    [
      'src/licenses/a.ts:1 enters orders past its index.ts: src/orders/import-orders.ts',
      'src/licenses/b.ts:3 enters orders past its index.ts: src/orders/import-orders.ts',
      'src/licenses/c.ts:1 enters orders past its index.ts: src/orders/import-orders.ts',
    ],
  )
})

test('a commented import is none', (t) => {
  assert.deepEqual(violationsWith(t, { 'src/licenses/a.ts': "// import '../orders/import-orders.ts'\n" }), [])
})

test('only the command line may load a command past an index.ts', (t) => {
  const lazily = "const load = () => import('./orders/orders-cli.ts')"
  assert.deepEqual(violationsWith(t, { 'src/commands.ts': lazily }), [])
  assert.equal(violationsWith(t, { 'src/app.ts': lazily }).length, 1)
})

test('modules that need each other are found; types may point back', (t) => {
  const back = "import { licenses } from '../licenses/index.ts'"
  assert.deepEqual(violationsWith(t, { 'src/orders/b.ts': back }), [
    'modules in a circle: licenses → orders → licenses',
  ])
  assert.deepEqual(violationsWith(t, { 'src/orders/b.ts': back.replace('import', 'import type') }), [])
})

test('platform/ and ui/ know no module, ui/ no database', (t) => {
  assert.deepEqual(
    violationsWith(t, {
      'src/platform/mail.ts': "import { importOrders } from '../orders/index.ts'",
      'src/ui/table.tsx': "import { db } from '../platform/db/index.ts'\nimport type { Kysely } from 'kysely'",
      'src/ui/form.tsx': "import { importOrders } from '../orders/index.ts'",
    }),
    [
      'src/platform/mail.ts:1 platform/ may not know src/orders/index.ts',
      'src/ui/form.tsx:1 ui/ may not know src/orders/index.ts',
      'src/ui/table.tsx:1 ui/ may not know the database: src/platform/db/index.ts',
      'src/ui/table.tsx:2 ui/ may not know the database: kysely',
    ],
  )
})

test('rules import types and constants only', (t) => {
  const rules = "import { readFileSync } from 'node:fs'\nimport type { Db } from '../platform/db/index.ts'"
  assert.deepEqual(violationsWith(t, { 'src/orders/rules.ts': rules }), [
    'src/orders/rules.ts:1 rules import types and constants only: node:fs',
  ])
})

test('a write to the table of another module is found, built or in plain SQL', (t) => {
  assert.deepEqual(
    violationsWith(t, {
      'src/licenses/a.ts': "trx\n  .updateTable('orders')",
      'src/licenses/b.ts': 'sql`insert into orders (id) values (1)`',
      'src/licenses/c.ts': 'sql`\n  update orders o set id = 1`',
      'src/licenses/d.ts': 'sql`DELETE FROM orders`; sql`select * from orders`',
    }),
    [
      'src/licenses/a.ts:2 writes orders, which belongs to src/orders/',
      'src/licenses/b.ts:1 writes orders, which belongs to src/orders/',
      'src/licenses/c.ts:2 writes orders, which belongs to src/orders/',
      'src/licenses/d.ts:1 writes orders, which belongs to src/orders/',
    ],
  )
})

test('every table has one owner, and every owned table exists', (t) => {
  assert.deepEqual(
    violationsWith(t, {
      'db/migrations/0002_more.sql': 'create table vouchers (id uuid);',
      'src/licenses/index.ts': '/** Owns: licenses, orders, keys. */',
    }),
    [
      'no module owns the table vouchers',
      'orders is owned by src/orders/ and by src/licenses/',
      'src/licenses/ says it owns keys, which no migration makes',
    ].sort(),
  )
})

import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { commandIo } from '../../test/command-io.ts'
import { freshDatabase } from '../../test/database.ts'
import { ordersCsv, someCatalog } from '../../test/orders.ts'
import { testServices } from '../../test/services.ts'
import { readTable } from '../platform/tables/index.ts'
import { ordersCommand } from './orders-command.ts'

async function aFolderAndShop(t: TestContext) {
  const services = testServices(await freshDatabase(t))
  await someCatalog(services.db)
  const cwd = mkdtempSync(join(tmpdir(), 'orders-'))
  t.after(() => rmSync(cwd, { recursive: true }))
  return {
    cwd,
    async run(...argv: string[]) {
      const io = commandIo(cwd)
      const exit = await ordersCommand(services, argv, io)
      return { exit, ...io.written() }
    },
  }
}

test('orders import takes good rows, exits 1 and writes rejected rows with reasons, formulas neutralised', async (t) => {
  const { cwd, run } = await aFolderAndShop(t)
  const bad = { order_number: 'A1', line: 2, country: 'nowhere', reseller: '=cmd|calc' }
  writeFileSync(join(cwd, 'orders.csv'), ordersCsv([{ order_number: 'A1', line: 1 }, bad]))
  const { exit, stdout } = await run('import', 'orders.csv', '--json')
  assert.equal(exit, 1)
  const report = JSON.parse(stdout)
  assert.deepEqual([report.created, report.rejected, report.errors], [1, 1, join(cwd, 'orders.csv.rejected.csv')])
  const rows = []
  for await (const some of readTable({ file: report.errors })) rows.push(...some)
  assert.deepEqual(rows[1]!.cells.slice(0, 3), ['3', 'country', 'not_a_country'])
  assert.ok(rows[1]!.cells.includes("'=cmd|calc"))
})

test('the file of rejected rows, mended, imports', async (t) => {
  const { cwd, run } = await aFolderAndShop(t)
  writeFileSync(join(cwd, 'orders.csv'), ordersCsv([{ order_number: 'A1', line: 1, country: 'nowhere' }]))
  await run('import', 'orders.csv', '--errors', 'bad.csv')
  const mended = readFileSync(join(cwd, 'bad.csv'), 'utf8').replace('nowhere', 'DE')
  writeFileSync(join(cwd, 'mended.csv'), mended)
  const { exit, stdout } = await run('import', 'mended.csv')
  assert.equal(exit, 0)
  assert.match(stdout, /ignored columns: rejected_line, rejected_column/)
  assert.match(stdout, /1 created/)
})

test('a file that is no table, not there, or without the columns is explained in one line', async (t) => {
  const { cwd, run } = await aFolderAndShop(t)
  writeFileSync(join(cwd, 'latin.csv'), Buffer.from('Bestellung,Straße\n', 'latin1'))
  writeFileSync(join(cwd, 'cut.xlsx'), Buffer.from('PK\u0003\u0004xxxx'))
  writeFileSync(join(cwd, 'head.csv'), 'order_number\n1\n')
  for (const [file, text] of [
    ['none.csv', /cannot be read/],
    ['latin.csv', /not UTF-8/],
    ['cut.xlsx', /damaged/],
    ['head.csv', /column quantity is missing/],
  ] as const) {
    const { exit, stderr } = await run('import', file)
    assert.equal(exit, 1)
    assert.match(stderr, text)
  }
})

test('a full disk under the file of rejected rows ends the import with a way to go on', async (t) => {
  const { cwd, run } = await aFolderAndShop(t)
  writeFileSync(join(cwd, 'orders.csv'), ordersCsv([{ order_number: 'A1', line: 1, country: 'nowhere' }]))
  const { exit, stderr } = await run('import', 'orders.csv', '--errors', '/dev/full')
  assert.equal(exit, 1)
  assert.match(stderr, /cannot be written/)
  assert.match(stderr, /again continues/)
})

test('a wrong call exits 2 with the usage', async (t) => {
  const { run } = await aFolderAndShop(t)
  const { exit, stderr } = await run('import')
  assert.equal(exit, 2)
  assert.match(stderr, /Usage: keyport orders import/)
})

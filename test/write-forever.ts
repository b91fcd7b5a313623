/** A process that commits numbers to an embedded database, one transaction each, and prints those acknowledged. */
import process from 'node:process'
import { sql } from 'kysely'
import { openDatabase } from '../src/platform/db/index.ts'

const { db } = await openDatabase({ dataDir: process.argv[2]! })
await sql`create table if not exists written (number int primary key)`.execute(db)
const { rows } = await sql<{ next: number }>`select coalesce(max(number), 0) + 1 as next from written`.execute(db)
for (let number = rows[0]!.next; ; number++) {
  await db.transaction().execute((trx) => sql`insert into written values (${number})`.execute(trx))
  process.stdout.write(`${number}\n`)
}

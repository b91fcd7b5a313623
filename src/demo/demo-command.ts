import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import type { CommandIo } from '../platform/command.ts'
import { csvLine, sheetRow, xlsxStream } from '../platform/tables/index.ts'
import { demoOrders } from './generate-orders.ts'

const usage = `Usage: keyport demo orders --lines N [--seed S] [--out FILE] [--format csv|xlsx]

Writes an order file of N believable lines for \`keyport orders import\`. The same seed makes the same file.
Without --out it goes to standard output; the format follows the name of FILE, else it is csv.
`

/** Rows that a sheet of XLSX can hold, its head line aside. */
const sheetRows = 1_048_575

const optionsSchema = z
  .object({
    lines: z.coerce.number('--lines is a number').int('--lines is a whole number').min(1, '--lines is 1 or more'),
    seed: z.coerce
      .number('--seed is a number')
      .int('--seed is a whole number')
      .min(0)
      .max(2 ** 32 - 1, '--seed is too large')
      .default(1),
    out: z.string().optional(),
    format: z.enum(['csv', 'xlsx'], '--format is csv or xlsx').optional(),
  })
  .transform((given) => ({ ...given, format: given.format ?? (given.out?.endsWith('.xlsx') ? 'xlsx' : 'csv') }))
  .refine(
    ({ lines, format }) => format === 'csv' || lines <= sheetRows,
    `an xlsx file holds ${sheetRows} lines at most`,
  )

/** `keyport demo orders`: any number of lines, written as they are made. @returns the exit code. */
export async function demoCommand(argv: string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true })
  if (values.help) {
    io.stdout.write(usage)
    return 0
  }
  if (positionals.join(' ') !== 'orders') return wrong(io, [usage])
  const given = optionsSchema.safeParse({ ...values, lines: values.lines ?? Number.NaN })
  if (!given.success)
    return wrong(
      io,
      given.error.issues.map(({ message }) => `keyport: ${message}\n`),
    )

  const rows = given.data.format === 'xlsx' ? xlsxStream(sheetOf(given.data)) : Readable.from(csvOf(given.data))
  await write(rows, given.data.out, io)
  return 0
}

const options = {
  lines: { type: 'string' },
  seed: { type: 'string' },
  out: { type: 'string' },
  format: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const

function* sheetOf(order: { lines: number; seed: number }): Generator<string> {
  for (const cells of demoOrders(order)) yield sheetRow(cells)
}

/** Handed on in blocks: a stream per line would take longer than the lines. */
function* csvOf(order: { lines: number; seed: number }): Generator<string> {
  let block = ''
  for (const cells of demoOrders(order)) {
    block += csvLine(cells)
    if (block.length > 60_000) {
      yield block
      block = ''
    }
  }
  yield block
}

/** A file that could not be written to its end is taken away again. */
async function write(rows: Readable, out: string | undefined, io: CommandIo): Promise<void> {
  if (out === undefined) return pipeline(rows, io.stdout, { end: false, signal: io.signal })
  const file = resolve(io.cwd, out)
  try {
    await pipeline(rows, createWriteStream(file), { signal: io.signal })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EISDIR') await rm(file, { force: true })
    throw error
  }
}

function wrong(io: CommandIo, lines: string[]): number {
  for (const line of lines) io.stderr.write(line)
  return 2
}

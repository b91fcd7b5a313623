import { createWriteStream, type WriteStream } from 'node:fs'
import { basename, resolve } from 'node:path'
import { finished } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { systemActor } from '../platform/actor.ts'
import type { Command, CommandIo } from '../platform/command.ts'
import { textsFor } from '../platform/i18n.ts'
import { csvLine, TableError } from '../platform/tables/index.ts'
import { HeadRefused, type ImportReport, importOrders, type RejectedRow } from './import-orders.ts'

const usage = `Usage: keyport orders import FILE [options]

Imports order lines from CSV or XLSX; each becomes a license. docs/orders-import.md explains the columns.
  --dry-run          checks everything and stores nothing
  --errors FILE      where rejected rows go, with their reasons (default: FILE.rejected.csv)
  --encoding NAME    of a CSV that is not UTF-8, for example windows-1252
  --json             the report as JSON
Exit: 0 every row taken, 1 some or all rejected, 2 called wrongly
`

const options = {
  'dry-run': { type: 'boolean', default: false },
  errors: { type: 'string' },
  encoding: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const

const t = textsFor('en')

/** `keyport orders import`. */
export const ordersCommand: Command = async (services, argv, io) => {
  const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true })
  if (values.help) {
    io.stdout.write(usage)
    return 0
  }
  const [verb, file, ...more] = positionals
  if (verb !== 'import' || !file || more.length > 0) {
    io.stderr.write(usage)
    return 2
  }
  const rejects = rejectsInto(resolve(io.cwd, values.errors ?? `${basename(file)}.rejected.csv`))
  try {
    const report = await importOrders(
      services.db,
      systemActor('orders import'),
      { file: resolve(io.cwd, file) },
      {
        dry_run: values['dry-run'],
        encoding: values.encoding,
        name: basename(file),
        on_head: rejects.start,
        on_rejected: rejects.add,
        on_progress() {
          io.signal.throwIfAborted()
        },
      },
    )
    tell(io, report, {
      json: values.json,
      dry_run: values['dry-run'],
      errors: report.rejected > 0 ? rejects.file : null,
    })
    return report.rejected > 0 ? 1 : 0
  } catch (error) {
    return explain(io, file, error)
  } finally {
    await rejects.end()
  }
}

/** The file of rejected rows: as they stood, with line, column and reason in front; made when there is one. */
function rejectsInto(file: string) {
  let head: string[] = []
  let stream: WriteStream | undefined
  return {
    file,
    start(cells: string[]) {
      head = cells
    },
    async add(rows: RejectedRow[]) {
      if (!stream) {
        stream = createWriteStream(file, { mode: 0o600 })
        stream.write(
          `\ufeff${csvLine(['rejected_line', 'rejected_column', 'rejected_code', 'rejected_reason', ...head])}`,
        )
      }
      const lines = rows.map((row) =>
        csvLine([row.line, row.column, row.issue, t(`orders.issue.${row.issue}`), ...row.cells]),
      )
      await new Promise<void>((done, fail) => stream!.write(lines.join(''), (error) => (error ? fail(error) : done())))
    },
    async end() {
      if (!stream) return
      stream.end()
      await finished(stream).catch(() => {})
    },
  }
}

type Telling = { json: boolean; dry_run: boolean; errors: string | null }

function tell(io: CommandIo, report: ImportReport, { json, dry_run, errors }: Telling) {
  if (json) {
    io.stdout.write(`${JSON.stringify({ ...report, dry_run, errors })}\n`)
    return
  }
  const { rows, created, corrected, unchanged, rejected, unknown_columns } = report
  if (unknown_columns.length > 0) io.stdout.write(`ignored columns: ${unknown_columns.join(', ')}\n`)
  io.stdout.write(`${dry_run ? 'dry run, nothing stored: ' : ''}${rows} rows: ${created} created, `)
  io.stdout.write(`${corrected} corrected, ${unchanged} unchanged, ${rejected} rejected\n`)
  if (errors) io.stdout.write(`rejected rows with reasons: ${errors}\n`)
}

function explain(io: CommandIo, file: string, error: unknown): number {
  if (error instanceof TableError) {
    io.stderr.write(`keyport: ${file}: ${t(`orders.file.${error.code}`)}\n`)
    return 1
  }
  if (error instanceof HeadRefused) {
    for (const column of error.missing) io.stderr.write(`keyport: ${file}: the column ${column} is missing\n`)
    for (const column of error.twice) io.stderr.write(`keyport: ${file}: the column ${column} stands there twice\n`)
    return 1
  }
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EACCES' || code === 'EROFS') {
    io.stderr.write(`keyport: the file of rejected rows cannot be written: ${(error as Error).message}\n`)
    io.stderr.write('keyport: what was imported so far is stored; the same command again continues\n')
    return 1
  }
  throw error
}

import { once } from 'node:events'
import { Readable } from 'node:stream'
import { type Context, Hono } from 'hono'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import type { Env } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { uuidv7 } from '../platform/ids.ts'
import { csvLine, sheetRow, xlsxStream } from '../platform/tables/index.ts'
import { urls } from '../urls.ts'
import { type CatalogExport, type ExportFormat, exportFormats, openExport } from './export-catalog.ts'
import { type Cell, columnsOf } from './export-columns.ts'
import { cycloneDxComponent, cycloneDxFrame, cycloneDxType } from './export-cyclonedx.ts'
import type { ExportRow } from './export-rows.ts'
import { catalogQuerySchema, questionOf, sortOf } from './schemas.ts'

/** What a sheet can hold besides its head, and a cell. */
const mostSheetRows = 1_048_575
const longestSheetCell = 32_767

type Kind = { type: string; ending: string }
const kinds: Record<ExportFormat, Kind> = {
  csv: { type: 'text/csv; charset=utf-8', ending: 'csv' },
  xlsx: { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', ending: 'xlsx' },
  json: { type: 'application/json', ending: 'json' },
  cyclonedx: { type: cycloneDxType, ending: 'cdx.json' },
}

/** The catalog's result as a file: what the page finds with the same question, all of it. */
export const exportWeb = new Hono<Env>().get(urls.licenses.export.pattern, allow('viewer'), async (c) => {
  const format = exportFormats.find((each) => each === c.req.param('format'))
  if (!format) throw new AppError('not_found')
  const { database, actor, t } = c.var
  const { type, ending } = kinds[format]
  const headers = {
    'content-type': type,
    'content-disposition': `attachment; filename="license-catalog-${actor.today}.${ending}"`,
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
  }
  // Nobody would read what it opens.
  if (c.req.method === 'HEAD') return c.body(null, 200, headers)
  const query = catalogQuerySchema.parse(c.req.query())
  const opened = await openExport(database, actor, query, format)
  if (format === 'xlsx' && opened.count > mostSheetRows) {
    await opened.close()
    leaveFlash(c, 'danger', t('export.too_many_for_sheet', { max: mostSheetRows }))
    return c.redirect(urls.licenses.catalog.to({ ...questionOf(query), ...sortOf(query) }), 303)
  }
  return c.body(format === 'xlsx' ? workbook(c, opened) : stream(textOf(c, opened, format), opened), 200, headers)
})

function textOf(c: Context<Env>, opened: CatalogExport, format: Exclude<ExportFormat, 'xlsx'>): AsyncGenerator<string> {
  if (format === 'csv') return csvText(c, opened)
  if (format === 'json') return listText('[', ']\n', opened, (row) => jsonOf(row, opened))
  const vendor = c.var.config.vendor.name
  const [head, foot] = cycloneDxFrame(uuidv7(), c.var.actor.now, vendor)
  return listText(head, foot, opened, (row) => cycloneDxComponent(row, vendor))
}

/** For spreadsheets: UTF-8 with byte order mark, formulas disarmed. */
async function* csvText(c: Context<Env>, { rows, fields, with_keys }: CatalogExport) {
  const columns = columnsOf(c.var.t, fields, with_keys)
  yield `\u{feff}${csvLine(columns.map(({ head }) => head))}`
  for await (const part of rows) yield part.map((row) => csvLine(columns.map(({ cell }) => cell(row)))).join('')
}

async function* listText(head: string, foot: string, { rows }: CatalogExport, of: (row: ExportRow) => object) {
  yield head
  let separator = '\n'
  for await (const part of rows) {
    yield separator + part.map((row) => JSON.stringify(of(row))).join(',\n')
    separator = ',\n'
  }
  yield `\n${foot}`
}

/** With user-defined fields by their names, numbers and yes or no as such; a list that is empty is a list. */
function jsonOf({ values, keys, tags, ...facts }: ExportRow, { fields, with_keys }: CatalogExport): object {
  const own = fields.flatMap(({ id, name, type }) => {
    const value = values?.[id]
    if (value === undefined) return []
    return [[name, type === 'number' ? Number(value) : type === 'yes_no' ? value === 'true' : value]]
  })
  const hidden = (key: object) => Object.fromEntries(Object.entries(key).filter(([name]) => name !== 'key_text'))
  const shown = with_keys ? keys : keys?.map(hidden)
  return { ...facts, tags: tags ?? [], fields: Object.fromEntries(own), keys: shown ?? [] }
}

/** Made while it is read, a part at a time; whoever stops reading ends the export. */
function stream(parts: AsyncGenerator<string>, { close }: CatalogExport): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      try {
        const { value, done } = await parts.next()
        if (!done) return controller.enqueue(encoder.encode(value))
        await close()
        controller.close()
      } catch (error) {
        await close()
        throw error
      }
    },
    cancel: close,
  })
}

function workbook(c: Context<Env>, { rows, fields, with_keys, close }: CatalogExport): ReadableStream<Uint8Array> {
  const columns = columnsOf(c.var.t, fields, with_keys)
  async function* lines() {
    yield sheetRow(columns.map(({ head }) => head))
    for await (const part of rows) yield part.map((row) => sheetRow(columns.map(({ cell }) => cut(cell(row))))).join('')
  }
  const book = xlsxStream(lines())
  void once(book, 'close').then(close, close)
  return Readable.toWeb(book) as ReadableStream<Uint8Array>
}

/** A longer cell would make the whole workbook unreadable. */
function cut(cell: Cell): Cell {
  return typeof cell === 'string' && cell.length > longestSheetCell ? `${cell.slice(0, longestSheetCell - 1)}…` : cell
}

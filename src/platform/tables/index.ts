/**
 * Tables in files: CSV and XLSX are read as a stream of rows, CSV is written.
 *
 * Invariants: memory does not grow with the file; nothing in a file is evaluated (formulas give their stored value,
 * XML entities and document types are refused); what is wrong with a file is a `TableError` with a closed code.
 */
export { csvLine } from './csv-line.ts'
export { csvStream } from './csv-stream.ts'
export { readTable, type TableSource } from './read-table.ts'
export { TableError, type TableRow } from './table.ts'
export { sheetRow, xlsxStream } from './write-xlsx.ts'

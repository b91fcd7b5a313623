/** Characters at which spreadsheets begin to read a cell as a formula (OWASP, "CSV Injection"). */
const formula = /^[=+\-@\t\r\n＝＋－＠]/

/**
 * One line of CSV (RFC 4180), with CRLF. Cells that a spreadsheet would run as a formula get an apostrophe in front;
 * plain negative numbers stay as they are.
 */
export function csvLine(cells: readonly (string | number | null | undefined)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return String(value)
  const text = formula.test(value) && !/^-?\d+([.,]\d+)?$/.test(value) ? `'${value}` : value
  return /[",\r\n;\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

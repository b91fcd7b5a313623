import pg from 'pg'

const { builtins, getTypeParser } = pg.types
/** The array types have no name in `pg`: the object ids of int8[], numeric[], date[], interval[] and timestamp[]. */
const arrays = { int8: 1016, numeric: 1231, date: 1182, interval: 1187, timestamp: 1115 }

const parsers = new Map<number, (text: string) => unknown>([
  [builtins.INT8, parseInteger],
  [builtins.NUMERIC, keepText],
  [builtins.DATE, keepText],
  [builtins.INTERVAL, keepText],
  [builtins.TIMESTAMP, keepText],
  [arrays.int8, (text) => parseTextArray(text).map((item) => (item === null ? null : parseInteger(item)))],
  [arrays.numeric, parseTextArray],
  [arrays.date, parseTextArray],
  [arrays.interval, parseTextArray],
  [arrays.timestamp, parseTextArray],
])

/**
 * How column values reach the program, the same on both engines: int8 and counts as number (an error beyond
 * 2^53), numeric as string, date as 'YYYY-MM-DD', timestamptz as Date, bytea as Buffer, interval as string,
 * json and jsonb parsed, arrays of these likewise.
 */
export const typeParsers = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    return parsers.get(oid) ?? getTypeParser(oid, format as 'text')
  },
} as pg.CustomTypesConfig

function parseInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`the integer ${text} does not fit a JavaScript number`)
  return value
}

function keepText(text: string): string {
  return text
}

const textArray = 1009 as Parameters<typeof getTypeParser>[0]

function parseTextArray(text: string): (string | null)[] {
  return getTypeParser(textArray, 'text')(text)
}

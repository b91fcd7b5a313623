import { createHash } from 'node:crypto'
import pg from 'pg'

const marker = '/* prepared */'
const names = new Map<string, string>()

/** A connection on which statements marked with `prepared` are parsed and planned once, then only executed. */
export class PreparingClient extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: the library overloads this method a dozen ways
  override query(...given: any[]): any {
    const [text, values] = given
    if (typeof text === 'string' && Array.isArray(values) && text.startsWith(marker)) {
      const query = super.query as (...args: unknown[]) => unknown
      return query.call(this, { name: nameOf(text), text, values }, ...given.slice(2))
    }
    return (super.query as (...args: unknown[]) => unknown).apply(this, given)
  }
}

/** The server knows a prepared statement by a name of at most 63 bytes. */
function nameOf(text: string): string {
  let name = names.get(text)
  if (!name) {
    name = createHash('sha256').update(text).digest('base64url').slice(0, 32)
    names.set(text, name)
  }
  return name
}

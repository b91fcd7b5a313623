/** A file in parts: RFC 9110, sections 13 and 14. */

/** Bytes `start` to `end`, both included. */
type Range = { start: number; end: number }

/**
 * Which bytes a `Range` header asks for: `whole` without one, for one that is malformed, of another unit or of several
 * ranges (which a server may ignore), and `unsatisfiable` when it begins behind the end.
 */
export function rangeOf(header: string | undefined, size: number): Range | 'whole' | 'unsatisfiable' {
  const [, first = '', last = ''] = /^bytes=[ \t]*(\d{0,16})-(\d{0,16})[ \t]*$/i.exec(header ?? '') ?? []
  if (first === '' && last === '') return 'whole'
  if (first === '') {
    const length = Math.min(Number(last), size)
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 }
  }
  const [start, end] = [Number(first), last === '' ? size - 1 : Math.min(Number(last), size - 1)]
  if (last !== '' && Number(last) < start) return 'whole'
  return start >= size ? 'unsatisfiable' : { start, end }
}

/** Whether a part still belongs to what the client has: `If-Range` with the same strong tag or the same date. */
export function isSameVersion(
  header: string | undefined,
  { etag, modified }: { etag: string; modified: Date },
): boolean {
  if (header === undefined) return true
  return header.startsWith('"') ? header === etag : header === modified.toUTCString()
}

/** Whether `If-None-Match` names what the server has, or, without it, nothing changed since `If-Modified-Since`. */
export function isUnchanged(
  { none_match, modified_since }: { none_match: string | undefined; modified_since: string | undefined },
  { etag, modified }: { etag: string; modified: Date },
): boolean {
  if (none_match !== undefined) {
    const tags = none_match.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
    return tags.includes(etag) || tags.includes('*')
  }
  const since = modified_since === undefined ? Number.NaN : Date.parse(modified_since)
  return since >= Math.floor(modified.getTime() / 1000) * 1000
}

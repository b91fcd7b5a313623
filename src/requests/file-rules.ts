/** What files people may attach; decided by what is in them, never by what they are called. No I/O here. */

export const megabyte = 1024 * 1024
/** Bytes of one file, files of one message, files of one request. */
export const largestFile = 10 * megabyte
export const mostFiles = 5
export const mostOfRequest = 50
/** A form with as many files as it may have, and its text. */
export const largestForm = mostFiles * largestFile + megabyte

/** Types that are recognised by their first bytes, with the endings that their names may have. */
const known: Record<string, readonly string[]> = {
  'application/pdf': ['pdf'],
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg'],
  'image/gif': ['gif'],
  'image/webp': ['webp'],
  'application/zip': ['zip', 'docx', 'xlsx', 'pptx', 'odt', 'ods', 'odp'],
  'application/gzip': ['gz', 'tgz'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': ['pptx'],
  'application/vnd.oasis.opendocument.text': ['odt'],
  'application/vnd.oasis.opendocument.spreadsheet': ['ods'],
  'application/vnd.oasis.opendocument.presentation': ['odp'],
}
/** Text of any kind; anything else that a system might run or a browser show gets `.txt` behind it. */
const textEndings = ['txt', 'log', 'csv', 'json', 'xml', 'eml', 'slf', 'md', 'yaml', 'yml', 'conf', 'ini']
export const textType = 'text/plain'

/** The type under which a file is kept, or null for one that is not taken. `found` names none for text. */
export function fileTypeOf(found: string | undefined, isText: boolean): string | null {
  if (found && Object.hasOwn(known, found)) return found
  // Documents of mark-up are text, too.
  if (isText && (found === undefined || found === 'application/xml' || found === 'application/rtf')) return textType
  return null
}

/** Whether the first bytes of a file may be UTF-8 text: no NUL, nothing that is no character. */
export function looksLikeText(head: Uint8Array): boolean {
  if (head.includes(0)) return false
  // The last character may be cut.
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    decoder.decode(head, { stream: true })
    return true
  } catch {
    return false
  }
}

const longestName = 120

/**
 * A name that is safe on every system, with an ending that says what the file is: no folders, nothing invisible, no
 * turned direction, nothing that Windows keeps for itself.
 */
export function safeFileName(given: string, type: string): string {
  const name = given
    .normalize('NFC')
    // As browsers write these three in a form.
    .replace(/%(22|0D|0A)/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/^.*[/\\]/, '')
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '')
  const endings = type === textType ? textEndings : (known[type] ?? [])
  const ending = /\.([A-Za-z0-9]{1,5})$/.exec(name)?.[1]?.toLowerCase()
  const isRight = ending !== undefined && endings.includes(ending)
  const stem = [...(isRight ? name.slice(0, -(ending.length + 1)) : name)].slice(0, longestName).join('') || 'file'
  const reserved = /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(stem) ? `${stem}_` : stem
  return `${reserved}.${isRight ? ending : endings[0]}`
}

/** Undoes what mail programs and editors do to a license file or signed key. Runs in the browser. */

/** What happened to a text on its way, in the order in which it is undone. */
export const repairs = [
  'mail_encoding',
  'entities',
  'quoted_mail',
  'quotes',
  'dashes',
  'invisible',
  'surroundings',
  'line_breaks',
] as const
export type Repair = (typeof repairs)[number]

/** A license as it may have been, or the start of one whose end is missing. */
export type Found = { text: string; repairs: Repair[]; truncated: boolean }

/** Base64url characters of an Ed25519 signature. */
const SIGNATURE_LENGTH = 86

/** Looks for a license in a text that is none as it stands. */
export function findLicense(raw: string): Found | undefined {
  const attached = attachmentsOf(raw).find((text) => /"payload"|K1\./.test(text))
  const found = attached === undefined ? undefined : findIn(attached, ['mail_encoding'])
  return found ?? findIn(raw, [])
}

function findIn(raw: string, done: Repair[]): Found | undefined {
  let text = raw
  const applied = [...done]
  for (const [repair, undo] of undoing) {
    const better = undo(text)
    if (better !== text) applied.push(repair)
    text = better
  }
  const found = findFile(text) ?? findKey(text)
  if (!found) return undefined
  if (found.text !== text.trim() && found.apart) applied.push('surroundings')
  if (found.wrapped) applied.push('line_breaks')
  return { text: found.text, repairs: applied, truncated: found.truncated }
}

const undoing: [Repair, (text: string) => string][] = [
  ['mail_encoding', decodeQuotedPrintable],
  ['entities', (text) => text.replace(/&(?:quot|#34|#x22);/gi, '"').replaceAll('&amp;', '&')],
  ['quoted_mail', (text) => text.replace(/^[ \t]*(?:[>|][ \t]?)+/gm, '')],
  ['quotes', (text) => text.replace(/[“”„‟«»″＂]/g, '"')],
  ['dashes', (text) => text.replace(/[\u2010\u2011\u2212]/g, '-').replace(/[–—]/g, '--')],
  ['invisible', (text) => text.replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, '').replace(/[\u00a0\u202f]/g, ' ')],
]

type Piece = { text: string; truncated: boolean; apart: boolean; wrapped: boolean }

/** Reaches from the brace before the first member to the last brace. White space has no meaning in it. */
function findFile(text: string): Piece | undefined {
  const start = text.search(/\{\s*"\s*(?:payload|signatures)\s*"/)
  if (start < 0) return undefined
  const end = text.lastIndexOf('}')
  const piece = text.slice(start, end > start ? end + 1 : undefined)
  const apart = piece.trim() !== text.trim()
  if (isIntactFile(piece)) return { text: piece, truncated: false, apart, wrapped: false }
  const joined = piece.replace(/\s+/g, '')
  return { text: joined, truncated: !isJson(joined) && !/\]\}$/.test(joined), apart, wrapped: joined !== piece }
}

/** The signature's length is known, so that words behind the key are not taken for a part of it. */
function findKey(text: string): Piece | undefined {
  const match = /(?<![A-Za-z0-9_-])K1\.([A-Za-z0-9_\s-]+)(?:\.([A-Za-z0-9_\s-]*))?/.exec(text)
  if (!match) return undefined
  const [whole, claims = '', rest = ''] = match
  const signature = /^(?:\s*[A-Za-z0-9_-]){0,86}/.exec(rest)?.[0] ?? ''
  const bare = signature.replace(/\s+/g, '')
  const piece = rest === '' ? whole : whole.slice(0, whole.length - rest.length + signature.length)
  const key = piece.replace(/\s+/g, '')
  if (claims.trim().length < 20) return undefined
  const truncated = bare.length < SIGNATURE_LENGTH
  return { text: key, truncated, apart: piece.trim() !== text.trim(), wrapped: key !== piece.trim() }
}

function isJson(text: string): boolean {
  return parsed(text) !== undefined
}

/** JSON whose strings hold nothing but ASCII without spaces, as names and base64url are. */
export function isIntactFile(text: string): boolean {
  if (!/^[\t\n\r\x20-\x7e]*$/.test(text)) return false
  const json = parsed(text)
  return json !== undefined && JSON.stringify(json) === text.replace(/\s+/g, '')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Only in a text that shows the signs of it: a line that ends in `=`, or an encoded equals sign. */
function decodeQuotedPrintable(text: string): string {
  if (!/=\r?\n|=3D/.test(text)) return text
  const joined = text.replace(/=\r?\n/g, '')
  return joined.replace(/=([2-7][0-9A-F])/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** The texts of the attachments of an e-mail that was saved whole. */
function attachmentsOf(mail: string): string[] {
  const blocks = mail.match(/(?:^[A-Za-z0-9+/]{40,100}\r?\n)+[A-Za-z0-9+/]{0,100}={0,2}[ \t]*$/gm) ?? []
  return blocks.flatMap((block) => {
    try {
      return [atob(block.replace(/\s+/g, ''))]
    } catch {
      return []
    }
  })
}

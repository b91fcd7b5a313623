import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Locale, withFixedSpaces } from '../platform/i18n.ts'
import { projectRoot } from '../platform/root.ts'
import type { HelpTopic } from '../urls.ts'

/** A help page as it was written: `topics/<locale>/<topic>.md`, in the few forms of Markdown that `blocksOf` knows. */
export type Topic = { title: string; lead: string; blocks: Block[] }

export type Block =
  | { kind: 'heading'; text: string; id: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'list'; items: string[]; numbered: boolean }
  | { kind: 'code'; text: string }

const topics = new Map<string, Topic>()
/** Commands are copied: no sign in them may change. */
const code = /(^```[\s\S]*?^```$|`[^`\n]+`)/m

/** Reads a help page in one language, once. */
export function readTopic(locale: Locale, topic: HelpTopic): Topic {
  const path = join(projectRoot, 'src', 'help', 'topics', locale, `${topic}.md`)
  let found = topics.get(path)
  if (!found) {
    const texts = readFileSync(path, 'utf8').split(code)
    found = parseTopic(texts.map((text, n) => (n % 2 ? text : withFixedSpaces(locale, text))).join(''), path)
    topics.set(path, found)
  }
  return found
}

/** @throws Error when a page lacks its title and lead, or a heading its id: a fault of ours, found by the tests. */
export function parseTopic(text: string, name: string): Topic {
  const [title, lead, ...parts] = partsOf(text)
  if (!title?.startsWith('# ') || !lead) throw new Error(`${name} must begin with a title and a paragraph`)
  return { title: title.slice(2), lead, blocks: parts.map((part) => blockOf(part, name)) }
}

/** Parts are separated by empty lines, except inside code. */
function partsOf(text: string): string[] {
  return text.match(/^```[\s\S]*?^```$|^.+(?:\n.+)*/gm) ?? []
}

function blockOf(part: string, name: string): Block {
  if (part.startsWith('```')) return { kind: 'code', text: part.split('\n').slice(1, -1).join('\n') }
  if (part.startsWith('#')) {
    const heading = /^## (.+) \{#([a-z_-]+)\}$/.exec(part)
    if (!heading) throw new Error(`${name}: “${part}” is no heading of the form “## Title {#id}”`)
    return { kind: 'heading', text: heading[1]!, id: heading[2]! }
  }
  if (/^(- |\d+\. )/.test(part)) {
    const items = part.split(/\n(?=- |\d+\. )/).map((item) => item.replace(/^(- |\d+\. )/, ''))
    return { kind: 'list', items, numbered: /^\d/.test(part) }
  }
  return { kind: 'paragraph', text: part }
}

/** A piece of a line: plain, or marked up. */
export type Piece =
  | { kind: 'text' | 'strong' | 'em' | 'code'; text: string }
  | { kind: 'link'; text: string; to: string }

const markup = /\*\*(.+?)\*\*|(?<!\w)_([^_]+)_(?!\w)|`([^`]+)`|\[([^\]]+)\]\(([^)]+)\)/g

/** Splits a line at its `**strong**`, `_emphasised_`, `` `code` `` and `[link](target)` pieces. */
export function piecesOf(line: string): Piece[] {
  const pieces: Piece[] = []
  let from = 0
  for (const match of line.matchAll(markup)) {
    if (match.index > from) pieces.push({ kind: 'text', text: line.slice(from, match.index) })
    pieces.push(pieceOf(match))
    from = match.index + match[0].length
  }
  if (from < line.length) pieces.push({ kind: 'text', text: line.slice(from) })
  return pieces
}

function pieceOf([, strong, em, code, text, to]: RegExpMatchArray): Piece {
  if (strong !== undefined) return { kind: 'strong', text: strong }
  if (em !== undefined) return { kind: 'em', text: em }
  if (code !== undefined) return { kind: 'code', text: code }
  return { kind: 'link', text: text!, to: to! }
}

/**
 * Checks rules 1 and 2 of docs/ARCHITECTURE.md, which no linter knows:
 * a module is entered only through its index.ts; modules do not depend on each other in a circle; platform/ and ui/
 * know no module, ui/ no database; rules.ts imports types and constants only; only the owner writes a table.
 */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

type Import = { from: string; line: number; typeOnly: boolean }
type Source = { file: string; code: string; imports: Import[] }

/** What platform/ may know of the folders above it. */
const shared = ['src/urls.ts']
const database = /^(kysely|pg|@electric-sql\/.*|src\/platform\/db\/.*|db\/types\.ts)$/
/** Files whose values are constants and pure functions. */
const pure = /(^|\/)(rules|constants|countries|errors|actor|dates)\.ts$|-rules\.ts$/

/** @returns one line per violation under `root`, sorted. */
export function findViolations(root: string): string[] {
  const sources = globSync('src/**/*.{ts,tsx}', { cwd: root }).map((file) => readSource(root, file))
  return [...sources.flatMap(checkImports), ...findCircles(sources), ...checkOwners(root, sources)].sort()
}

function readSource(root: string, file: string): Source {
  const code = withoutComments(readFileSync(join(root, file), 'utf8'))
  return { file, code, imports: importsOf(file, code) }
}

/** Comments become blanks, so that lines keep their numbers. Good enough for code that Biome has formatted. */
function withoutComments(text: string): string {
  const blank = (found: string) => found.replace(/[^\n]/g, ' ')
  return text.replace(/\/\*[\s\S]*?\*\//g, blank).replace(/(^|[\s;{(])\/\/.*$/gm, blank)
}

const importPattern =
  /(?:^|\n)\s*(import|export)\s+(type\s+)?(?:[\w*{][^'";]*?from\s*)?['"]([^'"\n]+)['"]|\bimport\(\s*['"]([^'"\n]+)['"]/g

function importsOf(file: string, code: string): Import[] {
  return [...code.matchAll(importPattern)].map((match) => {
    const name = match[3] ?? match[4]!
    const names = /\{([^}]*)\}/.exec(match[0])?.[1]
    const onlyTypes = names?.split(',').every((each) => each.trim() === '' || each.trim().startsWith('type ')) ?? false
    return {
      from: name.startsWith('.') ? posix.join(dirname(file), name) : name,
      line: code.slice(0, match.index).split('\n').length + (match[0].startsWith('\n') ? 1 : 0),
      typeOnly: match[2] !== undefined || onlyTypes,
    }
  })
}

/** The module a file belongs to; platform/, ui/ and the files directly in src/ belong to none. */
function moduleOf(file: string): string | undefined {
  const folder = /^src\/([^/]+)\//.exec(file)?.[1]
  return folder === 'platform' || folder === 'ui' ? undefined : folder
}

function checkImports({ file, imports }: Source): string[] {
  if (/\.test\.tsx?$/.test(file)) return []
  return imports.flatMap((each) => {
    const complaint = complaintAbout(file, each)
    return complaint ? [`${file}:${each.line} ${complaint}`] : []
  })
}

function complaintAbout(file: string, { from, typeOnly }: Import): string | undefined {
  const own = moduleOf(file)
  const other = moduleOf(from)
  const entered = other && other !== own && from !== `src/${other}/index.ts` && !isLazyCommand(file, from)
  if (entered) return `enters ${other} past its index.ts: ${from}`
  if (file.startsWith('src/platform/')) {
    if (from.startsWith('src/') && !/^src\/(platform|ui)\//.test(from) && !shared.includes(from)) {
      return `platform/ may not know ${from}`
    }
  }
  if (file.startsWith('src/ui/')) {
    if (database.test(from)) return `ui/ may not know the database: ${from}`
    if (from.startsWith('src/') && !/^src\/(ui|platform)\//.test(from)) return `ui/ may not know ${from}`
  }
  if (/(^|\/)rules\.ts$|-rules\.ts$/.test(file) && !typeOnly && !pure.test(from)) {
    return `rules import types and constants only: ${from}`
  }
  return undefined
}

/** The command line loads a command's own file, so that it starts without the rest of the module. */
function isLazyCommand(file: string, from: string): boolean {
  return /^src\/(cli|commands)\.ts$/.test(file) && from.endsWith('-cli.ts')
}

/** A circle of modules has no order in which a newcomer could read them. Types may point back. */
function findCircles(sources: Source[]): string[] {
  const needs = new Map<string, Set<string>>()
  for (const { file, imports } of sources) {
    const own = moduleOf(file)
    if (!own || /\.test\.tsx?$/.test(file)) continue
    for (const { from, typeOnly } of imports) {
      const other = moduleOf(from)
      if (other && other !== own && !typeOnly) needs.set(own, (needs.get(own) ?? new Set()).add(other))
    }
  }
  const circles = new Set<string>()
  for (const start of needs.keys()) walk(start, [start])
  return [...circles].map((circle) => `modules in a circle: ${circle}`)

  function walk(at: string, path: string[]): void {
    for (const next of needs.get(at) ?? []) {
      if (next === path[0]) circles.add(fromSmallest(path).join(' → '))
      else if (!path.includes(next)) walk(next, [...path, next])
    }
  }
}

function fromSmallest(circle: string[]): string[] {
  const at = circle.indexOf([...circle].sort()[0]!)
  return [...circle.slice(at), ...circle.slice(0, at), circle[at]!]
}

const writePatterns = [
  /\.(?:insertInto|updateTable|deleteFrom|mergeInto|replaceInto)\(\s*['"]([\w.]+)/g,
  /\b(?:insert\s+into|delete\s+from|merge\s+into|truncate(?:\s+table)?)\s+(?:only\s+)?"?([\w.]+)/gi,
  /\bupdate\s+(?:only\s+)?"?([\w.]+)"?(?:\s+(?:as\s+)?\w+)?\s+set\b/gi,
]

type Claim = { folder: string; table: string; shared: boolean }

function checkOwners(root: string, sources: Source[]): string[] {
  const tables = tablesOf(root)
  const claims = sources.flatMap(({ file }) => claimsOf(root, file, tables))
  const complaints: string[] = []
  const writers = new Map<string, string[]>()
  for (const { folder, table, shared } of claims) {
    if (!tables.has(table)) complaints.push(`${folder} says it owns ${table}, which no migration makes`)
    const others = writers.get(table) ?? []
    writers.set(table, shared ? [...others, folder] : [folder, ...others])
  }
  for (const table of tables) {
    const owners = claims.filter((claim) => claim.table === table && !claim.shared).map((claim) => claim.folder)
    if (owners.length === 0) complaints.push(`no module owns the table ${table}`)
    if (owners.length > 1) complaints.push(`${table} is owned by ${owners.join(' and by ')}`)
  }
  return [...complaints, ...sources.flatMap((source) => foreignWrites(source, writers))]
}

function foreignWrites({ file, code }: Source, writersOf: Map<string, string[]>): string[] {
  if (/\.test\.tsx?$/.test(file)) return []
  return writePatterns.flatMap((pattern) =>
    [...code.matchAll(pattern)].flatMap((match) => {
      const table = match[1]!.toLowerCase()
      const writers = writersOf.get(table)
      if (!writers || writers.some((folder) => file.startsWith(folder))) return []
      const line = code.slice(0, match.index).split('\n').length
      return [`${file}:${line} writes ${table}, which belongs to ${writers[0]}`]
    }),
  )
}

/**
 * `Owns: orders, order_lines.` in the comment at the top: of an index.ts for its folder, of another file for itself.
 * `schema x` stands for all its tables; `the column y of x` lets the module write x without owning it.
 */
function claimsOf(root: string, file: string, tables: Set<string>): Claim[] {
  const head = /^\s*\/\*\*([\s\S]*?)\*\//.exec(readFileSync(join(root, file), 'utf8'))?.[1] ?? ''
  const list = /\bOwns:([\s\S]*?)\.?\s*$/m.exec(head.replaceAll(/\n\s*\*[ \t]*(?=\S)/g, ' '))?.[1] ?? ''
  const folder = file.endsWith('/index.ts') ? `${dirname(file)}/` : file
  return list
    .replaceAll(/\([^)]*\)/g, '')
    .split(/,|\band\b/)
    .flatMap((item) => {
      const text = item.trim()
      const schema = /\bschema (\w+)$/.exec(text)?.[1]
      if (schema) {
        const all = [...tables].filter((table) => table.startsWith(`${schema}.`))
        return all.map((table) => ({ folder, table, shared: false }))
      }
      const column = /^the column \S+ of ([\w.]+)$/.exec(text)?.[1]
      const table = column ?? /^[a-z_][\w.]*$/.exec(text)?.[0]
      return table ? [{ folder, table, shared: column !== undefined }] : []
    })
}

/** The list of applied migrations exists before the first of them. */
const madeByMigrating = ['schema_migrations']

function tablesOf(root: string): Set<string> {
  const tables = new Set(madeByMigrating)
  for (const file of globSync('db/migrations/*.sql', { cwd: root })) {
    const text = readFileSync(join(root, file), 'utf8').replaceAll(/--.*$/gm, '')
    for (const [, name] of text.matchAll(/\bcreate\s+table\s+(?:if\s+not\s+exists\s+)?([\w."]+)/gi)) {
      tables.add(name!.replaceAll('"', '').toLowerCase())
    }
    for (const [, name] of text.matchAll(/\bdrop\s+table\s+(?:if\s+exists\s+)?([\w."]+)/gi)) {
      tables.delete(name!.replaceAll('"', '').toLowerCase())
    }
  }
  return tables
}

if (import.meta.main) {
  const root = fileURLToPath(new URL('..', import.meta.url))
  if (!existsSync(join(root, 'src'))) throw new Error(`no src/ in ${root}`)
  const violations = findViolations(root)
  for (const violation of violations) console.error(violation)
  process.exitCode = violations.length > 0 ? 1 : 0
}

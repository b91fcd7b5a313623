/**
 * Checks the texts beyond what the compiler knows: each is well-formed ICU in each language, with the same
 * placeholders; no language leaves one empty; no key is unused; no two files share a key.
 */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { IntlMessageFormat } from 'intl-messageformat'
import { projectRoot } from '../src/platform/root.ts'

type Catalog = Record<string, string>
type Element = ReturnType<IntlMessageFormat['getAst']>[number]

/** @returns one line per fault of the catalogs, `en` being the source. */
export function findFaults(catalogs: Record<string, Catalog>, code: string): string[] {
  const { en = {}, ...others } = catalogs
  const faults = [...Object.entries(catalogs)].flatMap(([locale, catalog]) => malformed(locale, catalog))
  if (faults.length > 0) return faults
  return [...Object.entries(others).flatMap(([locale, catalog]) => different(locale, catalog, en)), ...unused(en, code)]
}

function malformed(locale: string, catalog: Catalog): string[] {
  return Object.entries(catalog).flatMap(([key, text]) => {
    if (text.trim() === '') return [`${locale}: ${key} is empty`]
    try {
      parse(text)
      return []
    } catch (error) {
      return [`${locale}: ${key} is not well-formed: ${error instanceof Error ? error.message : error}`]
    }
  })
}

function different(locale: string, catalog: Catalog, en: Catalog): string[] {
  return Object.entries(en).flatMap(([key, text]) => {
    const translated = catalog[key]
    if (translated === undefined) return [`${locale}: ${key} is missing`]
    const [wanted, found] = [placeholders(text), placeholders(translated)]
    return wanted === found ? [] : [`${locale}: ${key} fills in ${found || 'nothing'}, en ${wanted || 'nothing'}`]
  })
}

function placeholders(text: string): string {
  const names = new Set<string>()
  collect(parse(text), names)
  return [...names].sort().join(', ')
}

function parse(text: string): Element[] {
  return new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true }).getAst()
}

function collect(elements: Element[], names: Set<string>): void {
  for (const element of elements) {
    if (!('value' in element) || element.type === literal) continue
    names.add(element.value)
    if (!('options' in element)) continue
    for (const option of Object.values(element.options)) collect(option.value, names)
  }
}

/** The parser's number for plain text. */
const literal = 0

/** A key counts as used when the code names it, or names its pattern: `errors.${code}.title`. */
function unused(en: Catalog, code: string): string[] {
  const named = new Set([...code.matchAll(/['"`]([a-z][\w.-]*)['"`]/g)].map((match) => match[1]))
  const patterns = [...code.matchAll(/`([a-z][\w-]*\.[^`\n]*\$\{[^`\n]*)`/g)].map((match) => patternOf(match[1]!))
  return Object.keys(en)
    .filter((key) => !named.has(key) && !patterns.some((pattern) => pattern.test(key)))
    .map((key) => `${key} is used nowhere`)
}

function patternOf(template: string): RegExp {
  const parts = template.split(/\$\{[^}]*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('[\\w.-]+')}$`)
}

function doubleKeys(): string[] {
  const owner = new Map<string, string>()
  return globSync('messages/en/*.ts', { cwd: projectRoot }).flatMap((file) => {
    const keys = [...readFileSync(join(projectRoot, file), 'utf8').matchAll(/^ {2}'([^']+)':/gm)].map((m) => m[1]!)
    return keys.flatMap((key) => {
      const other = owner.get(key)
      owner.set(key, file)
      return other ? [`${key} is in ${other} and in ${file}`] : []
    })
  })
}

if (import.meta.main) {
  const [{ en }, { fr }, { ptBR }] = await Promise.all([
    import('../messages/en.ts'),
    import('../messages/fr.ts'),
    import('../messages/pt-BR.ts'),
  ])
  const sources = globSync('src/**/*.{ts,tsx}', { cwd: projectRoot, exclude: (name) => /\.test\.tsx?$/.test(name) })
  const code = sources.map((file) => readFileSync(join(projectRoot, file), 'utf8')).join('\n')
  const faults = [...doubleKeys(), ...findFaults({ en, fr, 'pt-BR': ptBR }, code)]
  for (const fault of faults) console.error(fault)
  process.exitCode = faults.length > 0 ? 1 : 0
}

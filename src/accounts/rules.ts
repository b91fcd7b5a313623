/**
 * Where to go after signing in: `next` when it is a page of ours, else the fallback. A browser reads `//host`,
 * `/\host` and a tab or newline in between as another site, so whatever is not plainly a path is refused.
 */
export function returnPath(next: string | undefined, fallback: string): string {
  if (!next || next.length > 2000) return fallback
  if (!/^\/(?![/\\])[\x21-\x7e]*$/.test(next) || next.includes('\\')) return fallback
  const origin = 'https://portal.invalid'
  const url = URL.parse(next, origin)
  // Resolving `..` and `.` may leave two slashes in front, which is another site again.
  if (!url || url.origin !== origin || url.pathname.startsWith('//')) return fallback
  return url.pathname + url.search
}

export type Block = { kind: 'heading' | 'paragraph'; text: string }

/** An agreement's text as headings (lines that begin with `##`) and paragraphs (between blank lines). */
export function blocksOf(body: string): Block[] {
  return body
    .split(/\n\s*\n/)
    .map((part) => part.trim().replace(/\s*\n\s*/g, ' '))
    .filter((part) => part !== '')
    .map((part) =>
      part.startsWith('## ') ? { kind: 'heading', text: part.slice(3).trim() } : { kind: 'paragraph', text: part },
    )
}

/** The organization to work for: the one chosen in this session while still a member of it, else the first joined. */
export function activeOrganization<O extends { id: string }>(joined: O[], chosen: string | null): O | undefined {
  return joined.find(({ id }) => id === chosen) ?? joined[0]
}

const popular =
  /^(1234567890?|0123456789|9876543210|qwertyuiop|qwertzuiop|azertyuiop|iloveyou|football|baseball|password|passwort|motdepasse|minhasenha|welcome|changeme|administrator|letmein)[\d\W]*$/

/** Whether a password is more than a popular one, one repeated pattern, or what everybody knows about its owner. */
export function isHardToGuess(password: string, known: string[]): boolean {
  const plain = password.normalize('NFKC').toLowerCase()
  if (new Set(plain).size < 5 || popular.test(plain) || /^(.{1,4})\1+.{0,3}$/.test(plain)) return false
  const words = known.flatMap((each) => each.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length >= 3)
  const rest = words.sort((a, b) => b.length - a.length).reduce((left, word) => left.replaceAll(word, ''), plain)
  return rest.replaceAll(/[^\p{L}\p{N}]/gu, '').length >= 5
}

const browsers: [RegExp, string][] = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS|Chromium|HeadlessChrome)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
  [/^curl\//, 'curl'],
]
const systems: [RegExp, string][] = [
  [/\b(iPhone|iPad|iPod)\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
]

/** Browser and system by their own names, as far as a User-Agent header tells. */
export function deviceOf(user_agent: string): { browser: string; system: string | undefined } | undefined {
  const named = (names: [RegExp, string][]) => names.find(([pattern]) => pattern.test(user_agent))?.[1]
  const browser = named(browsers)
  return browser ? { browser, system: named(systems) } : undefined
}

/** An IPv6 address as people write it: better-auth keeps all eight groups in full. */
export function shortAddress(address: string): string {
  const host = address.includes(':') ? URL.parse(`http://[${address}]/`)?.hostname : undefined
  return host ? host.slice(1, -1) : address
}

/** Longer than any serial number; what is longer is no serial number of ours. */
const longest = 40
const shortest = 6
const other = /[^A-Za-z0-9-]+/
const dashes = /[‐‑‒–—―−﹣－]/gu
const edges = /^-+|-+$/g

/**
 * Finds what may be serial numbers in a text of any layout: everything that cannot be part of one separates them.
 * The dashes that word processors make of hyphens are read as hyphens.
 * @returns each once, in order of appearance; `repeated` counts those that came again.
 */
export function readSerials(text: string): { serials: string[]; repeated: number } {
  const words = text
    .normalize('NFKC')
    .replace(dashes, '-')
    .split(other)
    .map((word) => word.replace(edges, ''))
    .filter((word) => word.length >= shortest && word.length <= longest)
  const serials = [...new Set(words)]
  return { serials, repeated: words.length - serials.length }
}

/** Whether a text is one typed serial number rather than a list or a pasted page. */
export function isSingle(text: string): boolean {
  return !/\s/.test(text.trim())
}

/** Words of headings and sentences have no digits; among a list they are left out unless they are serial numbers. */
export function mayBeWord(serial: string): boolean {
  return !/\d/.test(serial)
}

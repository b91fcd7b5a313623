/** Longer than any serial number; what is longer is no serial number of ours. */
const longest = 40
const shortest = 6
const other = /[^A-Za-z0-9-]+/
const dashes = /[‐‑‒–—―−﹣－]/gu
const edges = /^-+|-+$/g

/**
 * Finds what may be serial numbers in a text of any layout: everything that cannot be part of one separates them.
 * The dashes that word processors make of hyphens are read as hyphens.
 * @returns each once, in order of appearance.
 */
export function readSerials(text: string): { serials: string[] } {
  const words = text
    .normalize('NFKC')
    .replace(dashes, '-')
    .split(other)
    .map((word) => word.replace(edges, ''))
    .filter((word) => word.length >= shortest && word.length <= longest)
  return { serials: [...new Set(words)] }
}

/** Whether a text has the form of a serial number, as the schema knows it. */
export function isPossible(serial: string): boolean {
  return /^[A-Za-z0-9-]{6,40}$/.test(serial)
}

/** Words of headings and sentences have no digits; among a list they are left out unless they are serial numbers. */
export function mayBeWord(serial: string): boolean {
  return !/\d/.test(serial)
}

/** Longer than any serial number; what is longer is no serial number of ours. */
const longest = 40
const shortest = 6
const other = /[^A-Za-z0-9-]+/
const dashes = /[‐‑‒–—―−﹣－]/gu

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
    .map(withoutEdges)
    .filter((word) => word.length >= shortest && word.length <= longest)
  return { serials: [...new Set(words)] }
}

/** Without the hyphens around it. A regular expression would look at a long line of them once for each. */
function withoutEdges(word: string): string {
  let from = 0
  let to = word.length
  while (word[from] === '-') from++
  while (to > from && word[to - 1] === '-') to--
  return word.slice(from, to)
}

/** Whether a text has the form of a serial number, as the schema knows it. */
export function isPossible(serial: string): boolean {
  return /^[A-Za-z0-9-]{6,40}$/.test(serial)
}

/** Words of headings and sentences have no digits; among a list they are left out unless they are serial numbers. */
export function mayBeWord(serial: string): boolean {
  return !/\d/.test(serial)
}

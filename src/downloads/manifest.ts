/** The list of a release's files as `sha256sum -c` reads it, the same bytes for the same files. */
export function manifestOf(files: { name: string; sha256: string }[]): string {
  const lines = files.map(({ name, sha256 }) => `${sha256}  ${name}\n`)
  return lines.sort((one, other) => (one.slice(66) < other.slice(66) ? -1 : 1)).join('')
}

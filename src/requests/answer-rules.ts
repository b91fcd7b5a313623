/** Placeholders of canned answers. No I/O here. */

/** What may stand in braces, to be filled in when an answer is used. */
export const placeholders = ['name', 'number', 'organization', 'product', 'serial', 'operator', 'vendor'] as const
export type Placeholder = (typeof placeholders)[number]

const inBraces = /\{([^{}\n]{0,40})\}/g

/** What stands in braces and is no placeholder, once each, in order: a mistake of whoever wrote the answer. */
export function unknownPlaceholders(text: string): string[] {
  const named = [...text.matchAll(inBraces)].map(([, name]) => name!)
  return [...new Set(named.filter((name) => !(placeholders as readonly string[]).includes(name)))]
}

/** The text with what is known filled in; what is not known about a request stays as it is, to be seen and mended. */
export function fillIn(text: string, values: Record<Placeholder, string | null>): string {
  return text.replace(inBraces, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name as Placeholder] ?? whole) : whole,
  )
}

import type { Format, T } from '../../platform/i18n.ts'

const units = ['B', 'kB', 'MB', 'GB'] as const

/** A size as people read it, in powers of ten as download managers and disks count. */
export function sizeText(t: T, format: Format, bytes: number): string {
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1)
  const value = bytes / 1000 ** power
  const rounded = value < 10 && power > 0 ? Math.round(value * 10) / 10 : Math.round(value)
  return t(`downloads.unit.${units[power]!}`, { size: format.number(rounded) })
}

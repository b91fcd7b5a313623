/** A vendor's accent colour, made fit to read: whatever is configured, texts on and in it keep a contrast of 4.5:1. */

export const defaultAccent = '#1d4ed8'

type Rgb = readonly [number, number, number]

const white: Rgb = [255, 255, 255]
const black: Rgb = [0, 0, 0]
/** The lightest ground that light-theme links stand on, and the lightest of the dark theme (see keyport.css). */
const lightGround: Rgb = [225, 231, 245]
const darkGround: Rgb = [38, 49, 75]
/** What dark-theme buttons stand on. */
const darkSurface: Rgb = [21, 28, 40]

/** The style sheet that puts a vendor's accent, `#rrggbb`, in the place of the portal's own. */
export function accentCss(accent: string): string {
  const given = rgbOf(accent)
  return `:root{${[
    `--kp-accent:${hexOf(movedUntil(given, black, white, 4.6))}`,
    `--kp-accent-dark:${hexOf(movedUntil(movedUntil(given, black, white, 4.6), white, darkSurface, 3))}`,
    `--kp-accent-ink:${hexOf(movedUntil(given, black, lightGround, 4.6))}`,
    `--kp-accent-ink-dark:${hexOf(movedUntil(given, white, darkGround, 4.6))}`,
  ].join(';')}}`
}

/** WCAG contrast of two colours, 1 to 21. Source: WCAG 2.2, "contrast ratio". */
export function contrast(a: Rgb, b: Rgb): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light! + 0.05) / (dark! + 0.05)
}

/** Moves a colour towards black or white, in small steps, until it stands out from a ground. */
function movedUntil(colour: Rgb, towards: Rgb, ground: Rgb, wanted: number): Rgb {
  for (let share = 0; share < 1; share += 0.02) {
    const moved = mix(colour, towards, share)
    if (contrast(moved, ground) >= wanted) return moved
  }
  return towards
}

function mix(a: Rgb, b: Rgb, share: number): Rgb {
  const channel = (n: 0 | 1 | 2) => Math.round(a[n] + (b[n] - a[n]) * share)
  return [channel(0), channel(1), channel(2)]
}

function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

export function rgbOf(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}

function hexOf(colour: Rgb): string {
  return `#${colour.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}

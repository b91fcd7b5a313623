import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { create, type Font } from 'fontkit'
import { projectRoot } from '../platform/root.ts'

/** The build (`tools/vendor-assets.ts`) makes them from the typefaces of the pages. */
const names = ['latin-600', 'latin-400', 'latin-ext-400', 'vietnamese-400', 'cyrillic-400', 'cyrillic-ext-400'] as const
const further = ['greek-400', 'greek-ext-400', 'mono-400'] as const
export type FontName = (typeof names)[number] | (typeof further)[number]

type Loaded = { name: FontName; file: Buffer; has: (codePoint: number) => boolean }

let loaded: Loaded[] | undefined

/** Read when the first certificate is asked for. */
export function certificateFonts(): Loaded[] {
  loaded ??= [...names, ...further].map((name) => {
    const file = readFileSync(join(projectRoot, 'dist', 'public', `certificate-${name}.ttf`))
    const font = create(file) as Font
    const known = new Set(font.characterSet)
    return { name, file, has: (codePoint) => known.has(codePoint) }
  })
  return loaded
}

export type Run = { font: FontName; text: string }
export type Style = 'text' | 'strong' | 'code'

/** What no typeface here can draw. */
export const omission = '[…]'

/** A text in pieces that one typeface each can draw. What none can is drawn without its accents, or left out visibly. */
export function runsOf(text: string, style: Style): { runs: Run[]; isWhole: boolean } {
  const fonts = orderFor(style)
  const runs: Run[] = []
  let isWhole = true
  const put = (font: FontName, piece: string) => {
    const last = runs.at(-1)
    if (last?.font === font) last.text += piece
    else runs.push({ font, text: piece })
  }
  let omitted = false
  for (const sign of signsOf(text)) {
    const plain = sign.normalize('NFKD').replace(/\p{M}/gu, '')
    const shown = [sign, plain].flatMap((piece) => {
      const font = piece && fonts.find(({ has }) => [...piece].every((each) => has(each.codePointAt(0)!)))
      return font ? [{ font: font.name, text: piece }] : []
    })[0]
    if (shown) put(shown.font, shown.text)
    else if (!omitted) put('latin-400', omission)
    if (!shown) isWhole = false
    omitted = !shown
  }
  return { runs, isWhole }
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Characters as a reader sees them, without what only steers other texts: line ends, direction marks. */
function signsOf(text: string): string[] {
  const clean = text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\p{Cf}\p{Cs}]/gu, '')
  return [...graphemes.segment(clean)].map(({ segment }) => segment)
}

function orderFor(style: Style): Loaded[] {
  const first = { text: 'latin-400', strong: 'latin-600', code: 'mono-400' } as const
  const fonts = certificateFonts()
  const main = fonts.filter(({ name }) => name === first[style])
  return [...main, ...fonts.filter(({ name }) => name !== first[style] && name !== 'latin-600' && name !== 'mono-400')]
}

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { accentCss, contrast, defaultAccent, rgbOf } from './brand.ts'

function coloursOf(css: string) {
  const found = Object.fromEntries(
    [...css.matchAll(/--(kp-accent[a-z-]*):(#[0-9a-f]{6})/g)].map(([, name, hex]) => [name, hex!]),
  )
  return {
    fill: rgbOf(found['kp-accent']!),
    darkFill: rgbOf(found['kp-accent-dark']!),
    ink: rgbOf(found['kp-accent-ink']!),
    darkInk: rgbOf(found['kp-accent-ink-dark']!),
  }
}

test('contrast is that of the WCAG definition', () => {
  assert.equal(contrast([0, 0, 0], [255, 255, 255]), 21)
  assert.equal(contrast([119, 119, 119], [255, 255, 255]).toFixed(2), '4.48')
})

test('an accent that reads well stays as the vendor gave it', () => {
  assert.match(accentCss(defaultAccent), /--kp-accent:#1d4ed8/)
})

test('any accent gives readable buttons and links in light and dark', () => {
  const hex = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`)
  fc.assert(
    fc.property(hex, (accent) => {
      const { fill, darkFill, ink, darkInk } = coloursOf(accentCss(accent))
      assert.ok(contrast(fill, [255, 255, 255]) >= 4.5)
      assert.ok(contrast(darkFill, [255, 255, 255]) >= 4.5)
      assert.ok(contrast(darkFill, rgbOf('#151c28')) >= 3)
      assert.ok(contrast(ink, rgbOf('#f6f7f9')) >= 4.5)
      assert.ok(contrast(darkInk, rgbOf('#1b2431')) >= 4.5)
    }),
  )
})

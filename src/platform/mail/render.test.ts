import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type MailContent, renderMail } from './render.ts'

const content: MailContent = {
  subject: 'Your license keys',
  heading: 'Keys for 2 licenses',
  paragraphs: ['Hello Zoë,', 'They are ready.'],
  details: [['Serial number', 'M0123456789']],
  action: { label: 'Open', url: 'https://licensing.example/licenses?a=1&b=2' },
  closing: 'Keyport',
}

test('a mail has everything in both parts', () => {
  const { subject, text, html } = renderMail(content, 'en')
  assert.equal(subject, 'Your license keys')
  assert.equal(
    text,
    `Keys for 2 licenses

Hello Zoë,

They are ready.

Serial number: M0123456789

Open:
https://licensing.example/licenses?a=1&b=2

-- 
Keyport
`,
  )
  for (const part of ['<html lang="en">', 'Hello Zoë,', '<dt>Serial number</dt><dd dir="auto">M0123456789</dd>']) {
    assert.ok(html.includes(part), part)
  }
  assert.ok(html.includes('<a href="https://licensing.example/licenses?a=1&amp;b=2">Open</a>'))
})

test('what people entered is text, whatever it looks like', () => {
  const name = `</title></style><script>alert(1)</script>"'&<img src=x onerror=x>`
  const { html } = renderMail(
    { ...content, subject: name, heading: name, paragraphs: [name], details: [[name, name]] },
    'en',
  )
  assert.doesNotMatch(html, /<script|<img/)
  assert.equal(html.match(/<\/style>/g)?.length, 1)
})

test('a subject stays one line that reads in one direction', () => {
  const subject = 'Order 7\r\nBcc: everybody@example.com\u2028\u202egpj.exe\u0000'
  assert.equal(renderMail({ ...content, subject }, 'en').subject, 'Order 7 Bcc: everybody@example.com gpj.exe')
})

test('a mail links to http and https only', () => {
  for (const url of ['javascript:alert(1)', 'data:text/html,x', '/licenses', ' https://x.example']) {
    assert.throws(() => renderMail({ ...content, action: { label: 'Open', url } }, 'en'), /cannot link/)
    assert.throws(() => renderMail({ ...content, unsubscribe: { label: 'Stop', url } }, 'en'), /cannot link/)
  }
})

test('any text gives a well-formed mail', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (label, value) => {
      const { subject, html } = renderMail(
        { subject: value, heading: label, paragraphs: [value], details: [[label, value]] },
        'fr',
      )
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they must be gone
      assert.doesNotMatch(subject, /[\u0000-\u001f]/)
      assert.equal(html.match(/<[a-z/!][^>]*>/gi)?.length, html.match(/</g)?.length, 'every < begins a tag of ours')
    }),
  )
})

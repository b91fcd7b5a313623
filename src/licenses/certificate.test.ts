import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { inflateSync } from 'node:zlib'
import { buildAssets } from '../../tools/vendor-assets.ts'
import { type Certificate, drawCertificate } from './certificate.ts'
import { omission, runsOf } from './certificate-fonts.ts'

before(async () => {
  await buildAssets()
})

const certificate: Certificate = {
  locale: 'en',
  title: 'License certificate',
  statement: 'Keyport confirms that Ångström Œuvres s.r.o. acquired the right named below.',
  serial: { label: 'Serial number', value: 'M0123456789' },
  facts: [
    { label: 'Customer', value: 'Łódź Żółw, Đặng Thị Ngọc, Ελλάδα, Привіт' },
    { label: 'License key', value: 'ABCDE-FGHJK', style: 'code' },
  ],
  notes: ['Questions: help@keyport.example'],
  omissions: 'Some characters are left out.',
  vendor: { name: 'Keyport', accent: '#0f766e', logo: undefined },
  dated: new Date('2026-02-03'),
}

test('a certificate says what it is told, in every script that its typefaces have', async () => {
  const pdf = await drawCertificate(certificate)
  const text = textOf(pdf)
  for (const said of ['Ångström Œuvres', 'M0123456789', 'Łódź Żółw, Đặng Thị Ngọc, Ελλάδα, Привіт', 'ABCDE-FGHJK']) {
    assert.ok(text.includes(said), `${said} in ${text}`)
  }
  assert.ok(!text.includes('left out'))
  assert.match(pdf.toString('latin1'), /^%PDF-1\.\d[\s\S]*\/Lang \(en\)/)
})

test('the same certificate is the same file, of a bounded size however long what people typed', async () => {
  assert.deepEqual(await drawCertificate(certificate), await drawCertificate(certificate))
  const long = 'Łong näme 長い名前 '.repeat(2_000)
  const facts = Array.from({ length: 20 }, (_, n) => ({ label: `Fact ${n}`, value: long }))
  const pdf = await drawCertificate({ ...certificate, statement: long, facts })
  assert.ok(pdf.length < 200_000, `${pdf.length} bytes`)
})

test('scripts without a typeface are left out visibly, with a note; nothing typed makes drawing fail', async () => {
  const drawing = async (value: string) =>
    textOf(await drawCertificate({ ...certificate, facts: [{ label: 'Customer', value }] }))
  for (const value of ['株式会社サンプル', 'شركة المثال', 'Acme 😀👨‍👩‍👧']) {
    const text = await drawing(value)
    assert.ok(text.includes(omission) && text.includes('left out'), value)
  }
  for (const value of ['\u202eevil\u2066', 'a\ud800b', '\u0301\u0301', 'é\u0334\u0335\u0336', '', '\0\n']) {
    const text = await drawing(value)
    assert.ok(!text.includes(omission) && !text.includes('left out'), JSON.stringify(value))
  }
})

test('a text is drawn by the fewest typefaces: accents that none has fall away, line ends become spaces', () => {
  const pieces = (text: string) => runsOf(text, 'text').runs.map(({ font, text }) => `${font} ${text}`)
  assert.deepEqual(pieces('Plain\ntext'), ['latin-400 Plain text'])
  assert.deepEqual(pieces('Ж é'), ['cyrillic-400 Ж', 'latin-400  é'])
  assert.deepEqual(pieces('日本 and 漢字'), [`latin-400 ${omission} and ${omission}`])
  assert.deepEqual(pieces('ﬁ ①'), ['latin-400 fi 1'])
  assert.deepEqual(runsOf('X-1', 'code').runs, [{ font: 'mono-400', text: 'X-1' }])
})

/** What a reader of the PDF would copy from it: each typeface's glyphs by its own table. */
function textOf(pdf: Buffer): string {
  const objects = new Map(
    [...pdf.toString('latin1').matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, id, body]) => [id!, body!]),
  )
  const streamOf = (id: string) => {
    const [, content = ''] = /stream\n([\s\S]*)\nendstream/.exec(objects.get(id)!) ?? []
    return inflateSync(Buffer.from(content, 'latin1')).toString('latin1')
  }
  const glyphs = new Map<string, string[]>()
  for (const body of objects.values()) {
    for (const [, name, id] of body.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const table = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id!)!)?.[1]
      if (table) glyphs.set(name!, tableOf(streamOf(table)))
    }
  }
  const contents = [...objects.values()].flatMap((body) => /\/Contents (\d+) 0 R/.exec(body)?.[1] ?? [])
  return contents.map((id) => drawn(streamOf(id), glyphs)).join(' ')
}

function tableOf(cmap: string): string[] {
  const listed = [...cmap.matchAll(/\[([^\]]*)\]/g)].map(([, each]) => each).join(' ')
  return [...listed.matchAll(/<([0-9a-f ]*)>/gi)].map(([, hex]) =>
    Buffer.from(hex!.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'),
  )
}

function drawn(content: string, glyphs: Map<string, string[]>): string {
  let font = ''
  let text = ''
  for (const [, name, pieces] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (name) font = name
    else {
      const codes = [...pieces!.matchAll(/<([0-9a-f]+)>/gi)].flatMap(([, hex]) => hex!.match(/.{4}/g) ?? [])
      text += codes.map((code) => glyphs.get(font)?.[Number.parseInt(code, 16)] ?? '').join('')
    }
  }
  return text
}

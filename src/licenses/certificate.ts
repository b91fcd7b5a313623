import { readFileSync } from 'node:fs'
import PDFDocument from 'pdfkit'
import type { Locale } from '../platform/i18n.ts'
import { certificateFonts, runsOf, type Style } from './certificate-fonts.ts'

/** What a certificate says, in its reader's language. */
export type Certificate = {
  locale: Locale
  title: string
  /** Whom it is for, as one sentence. */
  statement: string
  serial: { label: string; value: string }
  facts: { label: string; value: string; style?: Style }[]
  notes: string[]
  /** Follows when something could not be drawn. */
  omissions: string
  vendor: { name: string; accent: string; logo: string | undefined }
  /** The moment that the file itself bears: the same certificate is the same file. */
  dated: Date
}

const margin = 56
const width = 595.28 - 2 * margin
const labelWidth = 150
/** A text that somebody typed takes no more of the page. */
const longest = 300
const ink = '#1a2233'
const quiet = '#566074'

type Doc = InstanceType<typeof PDFDocument>

/** Draws a certificate: a PDF of A4 with its typefaces in it. */
export async function drawCertificate(certificate: Certificate): Promise<Buffer> {
  const { locale, title, dated, vendor } = certificate
  const info = { Title: title, Author: vendor.name, CreationDate: dated }
  const doc = new PDFDocument({ size: 'A4', margin, info, lang: locale, displayTitle: true, font: '' })
  for (const { name, file } of certificateFonts()) doc.registerFont(name, file)
  const chunks: Buffer[] = []
  doc.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise((done) => doc.on('end', done))
  drawPage(doc, certificate)
  doc.end()
  await ended
  return Buffer.concat(chunks)
}

function drawPage(doc: Doc, certificate: Certificate): void {
  const { title, statement, serial, facts, notes, omissions, vendor } = certificate
  let isWhole = true
  const write = (text: string, style: Style, size: number, colour: string, place: Place) => {
    isWhole = writeText(doc, text, style, size, colour, place) && isWhole
  }
  doc.rect(0, 0, doc.page.width, 10).fill(vendor.accent)
  doc.y = margin
  if (!drawLogo(doc, vendor.logo)) write(vendor.name, 'strong', 15, ink, { x: margin, width })
  doc.y += 34
  write(title, 'strong', 26, ink, { x: margin, width })
  doc.y += 10
  write(statement, 'text', 11, ink, { x: margin, width })
  doc.y += 18
  write(serial.label, 'text', 9, quiet, { x: margin, width })
  write(serial.value, 'code', 20, ink, { x: margin, width })
  doc.y += 16
  for (const { label, value, style = 'text' } of facts) {
    if (doc.y > doc.page.height - margin - 60) {
      doc.addPage()
      doc.y = margin
    }
    const top = doc.y
    doc
      .moveTo(margin, top)
      .lineTo(margin + width, top)
      .lineWidth(0.5)
      .stroke('#d5dae3')
    doc.y = top + 6
    write(label, 'text', 10, quiet, { x: margin, width: labelWidth - 12 })
    const below = doc.y
    doc.y = top + 6
    write(value, style, 10, ink, { x: margin + labelWidth, width: width - labelWidth })
    doc.y = Math.max(doc.y, below) + 6
  }
  doc.y += 12
  for (const note of isWhole ? notes : [...notes, omissions]) {
    writeText(doc, note, 'text', 9, quiet, { x: margin, width })
    doc.y += 4
  }
}

type Place = { x: number; width: number }

/** @returns whether all of it could be drawn. */
function writeText(doc: Doc, text: string, style: Style, size: number, colour: string, { x, width }: Place): boolean {
  const { runs, isWhole } = runsOf(shortened(text), style)
  if (runs.length === 0) return isWhole
  doc.fontSize(size).fillColor(colour)
  runs.forEach(({ font, text: piece }, n) => {
    const options = { width, continued: n < runs.length - 1 }
    doc.font(font)
    if (n === 0) doc.text(piece, x, doc.y, options)
    else doc.text(piece, options)
  })
  return isWhole
}

function shortened(text: string): string {
  const signs = [...text]
  return signs.length > longest ? `${signs.slice(0, longest).join('')}…` : text
}

/** PDF knows PNG and JPEG; the name stands for a logo of another kind, or one that cannot be read. */
function drawLogo(doc: Doc, logo: string | undefined): boolean {
  if (!logo || !/\.(png|jpe?g)$/i.test(logo)) return false
  const top = doc.y
  try {
    doc.image(readFileSync(logo), margin, top, { fit: [180, 36] })
  } catch {
    return false
  }
  doc.y = top + 36
  return true
}

import type { Locale } from '../i18n.ts'

/** What a mail says, as plain text in its reader's language; `renderMail` escapes and lays it out. */
export type MailContent = {
  subject: string
  heading: string
  paragraphs: string[]
  action?: { label: string; url: string }
  /** Facts, one a line. */
  details?: [label: string, value: string][]
  closing?: string
  /** An address that takes a POST and ends mails of this kind: the last line, and what mail programs offer (RFC 8058). */
  unsubscribe?: { label: string; url: string }
}

export type RenderedMail = { subject: string; text: string; html: string }

/**
 * Lays a mail out as plain text and as HTML that needs nothing from the network.
 * @throws TypeError when an address is not http or https.
 */
export function renderMail(content: MailContent, locale: Locale): RenderedMail {
  for (const link of [content.action, content.unsubscribe]) {
    if (link && !/^https?:\/\//i.test(link.url)) throw new TypeError(`a mail cannot link to ${link.url.slice(0, 40)}`)
  }
  return { subject: headerLine(content.subject), text: textOf(content), html: htmlOf(content, locale) }
}

/** One line for a header: what would end it, or turn its direction, becomes a space. */
export function headerLine(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go
  return [...value.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ').trim()]
    .slice(0, 200)
    .join('')
}

function textOf({ heading, paragraphs, action, details, closing, unsubscribe }: MailContent): string {
  const parts = [heading, ...paragraphs]
  if (details?.length) parts.push(details.map(([label, value]) => `${label}: ${value}`).join('\n'))
  if (action) parts.push(`${action.label}:\n${action.url}`)
  if (closing) parts.push('-- ', closing)
  if (unsubscribe) parts.push(`${unsubscribe.label}:\n${unsubscribe.url}`)
  return `${parts.map(plain).join('\n\n').replace('-- \n\n', '-- \n')}\n`
}

/** Characters that turn the direction of what follows have no business in what people entered. */
function plain(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go
  return value.replace(/[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, '')
}

function htmlOf(
  { subject, heading, paragraphs, action, details, closing, unsubscribe }: MailContent,
  locale: Locale,
): string {
  const body = [
    `<h1>${asHtml(heading)}</h1>`,
    ...paragraphs.map((paragraph) => `<p dir="auto">${lines(paragraph)}</p>`),
    details?.length ? `<dl>${details.map(factOf).join('')}</dl>` : '',
    action ? `<p class="action"><a href="${asHtml(action.url)}">${asHtml(action.label)}</a></p>` : '',
    closing ? `<p class="closing" dir="auto">${lines(closing)}</p>` : '',
    unsubscribe ? `<p class="closing"><a href="${asHtml(unsubscribe.url)}">${asHtml(unsubscribe.label)}</a></p>` : '',
  ]
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${asHtml(headerLine(subject))}</title>
<style>${style}</style>
</head>
<body><div class="mail">
${body.filter(Boolean).join('\n')}
</div></body>
</html>
`
}

function factOf([label, value]: [string, string]): string {
  return `<dt>${asHtml(label)}</dt><dd dir="auto">${lines(value)}</dd>`
}

function lines(value: string): string {
  return asHtml(value).replaceAll('\n', '<br>')
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function asHtml(value: string): string {
  return plain(value).replace(/[&<>"']/g, (character) => entities[character]!)
}

const style = `
body{margin:0;padding:24px 12px;background:#f3f4f6;color:#1f2937;font:16px/1.5 -apple-system,"Segoe UI",Roboto,Arial,sans-serif}
.mail{max-width:560px;margin:0 auto;padding:32px 28px;background:#ffffff;border:1px solid #e5e7eb;border-radius:12px}
h1{margin:0 0 16px;font-size:22px;line-height:1.3;color:#111827}
p{margin:0 0 16px;overflow-wrap:anywhere}
dl{margin:0 0 16px;padding:16px;border-radius:8px;background:#f3f4f6}
dt{font-size:13px;color:#4b5563}
dd{margin:0 0 10px;font-weight:600;overflow-wrap:anywhere}
dd:last-child{margin-bottom:0}
.action{margin:24px 0}
.action a{display:inline-block;padding:12px 22px;border-radius:8px;background:#1d4ed8;color:#ffffff;font-weight:600;text-decoration:none}
.closing{margin:24px 0 0;padding-top:16px;border-top:1px solid #e5e7eb;font-size:13px;color:#4b5563}
.closing a{color:#1d4ed8}
@media (prefers-color-scheme:dark){
body{background:#0b1120!important;color:#e5e7eb!important}
.mail{background:#111827!important;border-color:#374151!important}
h1{color:#f9fafb!important}
dl{background:#1f2937!important}
dt,.closing{color:#9ca3af!important}
.closing{border-color:#374151!important}
.closing a{color:#93c5fd!important}
.action a{background:#60a5fa!important;color:#0b1120!important}
}`

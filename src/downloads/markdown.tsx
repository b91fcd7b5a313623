import { raw } from 'hono/html'
import type { Locale } from '../platform/i18n.ts'

type Render = (markdown: string) => string
let renderer: Promise<Render> | undefined

/**
 * Markdown as safe HTML. Loaded when first asked for: only pages with notes and terms need it.
 * Headings are moved below those of the page; links lead out without telling where from, and no picture is fetched.
 */
export async function renderMarkdown(markdown: string): Promise<string> {
  renderer ??= load()
  return (await renderer)(markdown)
}

async function load(): Promise<Render> {
  const [{ marked }, { default: sanitize }] = await Promise.all([import('marked'), import('sanitize-html')])
  const allowed = {
    allowedTags: [...'h3 h4 h5 h6 p ul ol li strong em del code pre blockquote a br hr'.split(' ')],
    allowedAttributes: { a: ['href', 'rel'], ol: ['start'] },
    allowedSchemes: ['http', 'https', 'mailto'],
    transformTags: {
      ...{ h1: 'h3', h2: 'h3', h3: 'h4' },
      a: sanitize.simpleTransform('a', { rel: 'noopener noreferrer nofollow' }),
    },
  }
  return (text) => sanitize(marked.parse(text, { async: false, gfm: true }), allowed)
}

/** Text that `renderMarkdown` made safe. Its language is its own. */
export function Prose({ html, lang }: { html: string; lang?: Locale }) {
  return (
    <div class="kp-prose" lang={lang} dir="auto">
      {raw(html)}
    </div>
  )
}

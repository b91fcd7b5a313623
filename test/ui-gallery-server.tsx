import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { assetsWeb } from '../src/platform/http/assets.ts'
import type { PublicEnv } from '../src/platform/http/env.ts'
import { isLocale } from '../src/platform/i18n.ts'
import type { Theme } from '../src/ui/layout.tsx'
import { pages } from './ui-gallery.tsx'

/** Scripts, styles, pictures and fonts from ourselves alone, as the portal itself answers. */
const policy = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

/** Serves the gallery on a free port. `posts` counts the forms that arrived, by path; each takes a moment. */
export async function startGallery() {
  const posts: Record<string, number> = {}
  const app = new Hono<PublicEnv>().route('/', assetsWeb)
  app.use(compress(), async (c, next) => {
    await next()
    c.header('content-security-policy', policy)
  })
  app.get('/:page', (c) => {
    const Drawn = pages[c.req.param('page') as keyof typeof pages]
    if (!Drawn) return c.notFound()
    const locale = c.req.query('locale')
    const look = {
      theme: (c.req.query('theme') ?? 'auto') as Theme,
      locale: isLocale(locale) ? locale : undefined,
      dir: c.req.query('dir') === 'rtl' ? ('rtl' as const) : ('ltr' as const),
      after: c.req.query('after'),
      q: c.req.query('q'),
    }
    return c.html(<Drawn look={look} />)
  })
  app.post('*', async (c) => {
    posts[c.req.path] = (posts[c.req.path] ?? 0) + 1
    await new Promise((resolve) => setTimeout(resolve, 300))
    return c.body(null, 204)
  })
  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const started = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(started))
  })
  const { port } = server.address() as AddressInfo
  return { origin: `http://127.0.0.1:${port}`, posts, close: () => server.close() }
}

import type { Hono } from 'hono'
import type { PublicEnv } from '../src/platform/http/env.ts'

type Answer = { status: number; location: string | null; html: string; headers: Headers }

/**
 * A browser without script: keeps cookies, posts forms from its own origin, follows nothing by itself.
 * `address` is where it comes from (the app must run with TRUST_PROXY=on).
 */
export class Visitor {
  readonly #app: Hono<PublicEnv>
  readonly cookies = new Map<string, string>()
  readonly headers: Record<string, string>

  constructor(app: Hono<PublicEnv>, headers: Record<string, string> = {}) {
    this.#app = app
    this.headers = { accept: 'text/html', 'accept-language': 'en', ...headers }
  }

  get(path: string): Promise<Answer> {
    return this.#send(path, { method: 'GET' })
  }

  /** Posts a form as a browser does; a list gives a field several values. */
  post(path: string, fields: Record<string, string | string[]> = {}): Promise<Answer> {
    const body = new URLSearchParams(
      Object.entries(fields).flatMap(([name, value]) => [value].flat().map((each) => [name, each])),
    )
    return this.#send(path, { method: 'POST', body })
  }

  async #send(path: string, init: RequestInit): Promise<Answer> {
    const headers = new Headers({ ...this.headers, origin: 'http://localhost' })
    if (this.cookies.size > 0) headers.set('cookie', [...this.cookies].map(([k, v]) => `${k}=${v}`).join('; '))
    const response = await this.#app.request(`http://localhost${path}`, { ...init, headers })
    for (const line of response.headers.getSetCookie()) this.#keep(line)
    const html = await response.text()
    return { status: response.status, location: response.headers.get('location'), html, headers: response.headers }
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';')
    const name = pair.slice(0, pair.indexOf('='))
    const gone = attributes.some((attribute) => /^\s*max-age=0$/i.test(attribute))
    if (gone) this.cookies.delete(name)
    else this.cookies.set(name, pair.slice(pair.indexOf('=') + 1))
  }
}

/** The value of a hidden or typed field in a page. */
export function fieldOf(html: string, name: string): string {
  const found = new RegExp(`<input[^>]*name="${name}"[^>]*value="([^"]*)"`).exec(html)
  if (!found) throw new Error(`the page has no field ${name}`)
  return found[1]!.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#39;', "'")
}

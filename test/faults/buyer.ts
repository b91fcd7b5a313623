import { setTimeout as wait } from 'node:timers/promises'
import { urls } from '../../src/urls.ts'
import { password } from '../portal.ts'
import { fieldOf } from '../visitor.ts'
import type { Account, Stock } from './stock.ts'

/** Serial numbers on their way through the wizard; what is known of them survives every fault. */
export type Basket = { serials: string[]; draft?: string; contact: string }

/** The portal as seen from outside, wherever it runs just now. */
export type Site = {
  url: string
  /** Called with every answer, for trials that count them. */
  answered?(answer: Answer & { path: string; ms: number }): void
  /** Called when a registration was confirmed: its page was shown. */
  confirmed(registration_id: string, serials: string[], account: Account): void
}

type Answer = { status: number; location: string; html: string; retry_after: string | null }

/** Milliseconds. Trials look at the database while the portal is down, and share their machine with others. */
const patience = 300_000

/** No answer, or 503: worth trying again. */
export class Unavailable extends Error {}

/** Somebody who registers purchases in a browser without script, and takes up again whatever a fault interrupted. */
export class Buyer {
  readonly account: Account
  readonly #site: Site
  readonly #stock: Stock
  readonly #cookies = new Map<string, string>()
  readonly #address: string

  constructor(site: Site, stock: Stock, n: number) {
    this.account = stock.accounts[n]!
    this.#site = site
    this.#stock = stock
    this.#address = `10.0.${n}.1`
  }

  async signIn(): Promise<void> {
    const answer = await this.#insist(() =>
      this.#send(urls.accounts.signIn.to(), { email: this.account.email, password }),
    )
    expect(answer, answer.location === urls.home.to(), 'signing in')
  }

  /** Whether the session is still good. */
  async isSignedIn(): Promise<boolean> {
    return (await this.#insist(() => this.#send(urls.accounts.show.to()))).status === 200
  }

  /** Goes on until the basket is registered, or refused since somebody else has a license in it. */
  async register(basket: Basket): Promise<'registered' | 'refused'> {
    return this.#insist(() => this.#advance(basket))
  }

  /** Presses Complete Registration for a basket that is large enough for a job, and does not wait for that. */
  async submit(basket: Basket): Promise<void> {
    await this.#insist(async () => {
      const next = await this.#complete(basket)
      if (next !== 'refused') return
      throw new Error(`the basket of ${basket.contact} was refused`)
    })
  }

  /** Tries again every now and then while the portal is away. */
  async #insist<T>(work: () => Promise<T>): Promise<T> {
    for (let since: number | undefined; ; ) {
      try {
        return await work()
      } catch (error) {
        if (!(error instanceof Unavailable)) throw error
        since ??= Date.now()
        if (Date.now() - since > patience) throw new Error('the portal did not come back', { cause: error })
        await wait(40)
      }
    }
  }

  async #advance(basket: Basket): Promise<'registered' | 'refused'> {
    const next = await this.#complete(basket)
    if (next === 'refused') return 'refused'
    const registration = registrationIn(next) ?? (await this.#waitForJob(next))
    const shown = await this.#send(next.includes('/progress') ? confirmationOf(registration) : next)
    expect(shown, shown.status === 200, 'the confirmation page')
    this.#site.confirmed(registration, basket.serials, this.account)
    return 'registered'
  }

  /** @returns where the last button led: the confirmation, or the progress of a job. */
  async #complete(basket: Basket): Promise<string> {
    basket.draft ??= await this.#start(basket)
    const names = { draft: basket.draft }
    for (;;) {
      const details = await this.#send(urls.registration.details.to(names))
      const ended = await this.#endedAt(details)
      if (ended) return ended
      expect(details, details.status === 200, 'the Registration step')
      const entered = await this.#send(urls.registration.details.to(names), this.#details(basket, details.html))
      // Between two steps a colleague or another tab may have done something; the page then says so.
      if (entered.status === 422) continue
      const verification = await this.#send(urls.registration.verify.to(names))
      const early = await this.#endedAt(verification)
      if (early) return early
      if (verification.status === 303) continue
      const revision = fieldOf(verification.html, 'revision')
      const pressed = await this.#press(names, revision)
      const done = await this.#endedAt(pressed)
      if (done) return done
    }
  }

  /** Follows the way back: what looks taken may be this very draft, completed by a request that got no answer. */
  async #endedAt({ location }: Answer): Promise<string | undefined> {
    if (registrationIn(location) || location.includes('/progress')) return location
    if (!/problem=(taken|refused_serials|pool_empty)/.test(location)) return undefined
    const page = await this.#send(location)
    return registrationIn(page.location) ? page.location : 'refused'
  }

  /** One in four presses the button twice. */
  async #press(names: { draft: string }, revision: string): Promise<Answer> {
    const press = () => this.#send(urls.registration.complete.to(names), { revision })
    if (Math.random() > 0.25) return press()
    const both = await Promise.allSettled([press(), press()])
    const answered = both.find((each) => each.status === 'fulfilled')
    if (answered) return answered.value
    throw (both[0] as PromiseRejectedResult).reason
  }

  async #start({ serials }: Basket): Promise<string> {
    const answer = await this.#send(urls.registration.drafts.to(), { serials: serials.join('\n') })
    const draft = /new-purchase\/([0-9a-f-]{36})\//.exec(answer.location)?.[1]
    expect(answer, draft !== undefined, 'adding serial numbers')
    return draft!
  }

  #details({ contact }: Basket, html: string): Record<string, string> {
    const host = `hosts.${this.#stock.host_product}.0`
    return {
      revision: fieldOf(html, 'revision'),
      registered_to: 'Trial & Sons',
      'contacts.0.name': 'Tess Contact',
      'contacts.0.email': contact,
      [`${host}.type`]: 'mac',
      [`${host}.id`]: '00:1a:2b:3c:4d:5e',
    }
  }

  async #waitForJob(progress: string): Promise<string> {
    for (;;) {
      const answer = await this.#send(progress)
      const registration = registrationIn(answer.location)
      if (registration) return registration
      expect(answer, answer.status === 200, 'the progress page')
      await wait(300)
    }
  }

  async #send(path: string, fields?: Record<string, string>): Promise<Answer> {
    const { url } = this.#site
    const headers = this.headers(url)
    const begun = performance.now()
    const init = fields ? { method: 'POST', body: new URLSearchParams(fields) } : {}
    const answer = await fetch(url + path, { ...init, headers, redirect: 'manual' })
      .then((response) => this.#read(response))
      .catch((error) => {
        throw new Unavailable(String(error.cause ?? error))
      })
    this.#site.answered?.({ ...answer, path, ms: performance.now() - begun })
    if (answer.status === 503) throw new Unavailable('503')
    return answer
  }

  /** What this buyer's browser sends with every request to a node. */
  headers(url: string): Record<string, string> {
    return {
      accept: 'text/html',
      'accept-language': 'en',
      origin: url,
      'x-forwarded-for': this.#address,
      cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    }
  }

  async #read(response: Response): Promise<Answer> {
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      this.#cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    const html = await response.text()
    const { status, headers } = response
    return { status, html, location: headers.get('location') ?? '', retry_after: headers.get('retry-after') }
  }
}

function registrationIn(location: string): string | undefined {
  return /\/registrations\/([0-9a-f-]{36})/.exec(location)?.[1]
}

function confirmationOf(registration: string): string {
  return urls.registration.confirmation.to({ registration })
}

function expect({ status, location, html }: Answer, holds: boolean, what: string): void {
  if (holds) return
  const text = html.replaceAll(/<[^>]*>|\s+/g, ' ').slice(0, 400)
  throw new Error(`${what} answered ${status} ${location} ${text}`)
}

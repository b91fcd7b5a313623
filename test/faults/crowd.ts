/** Buyers who register one basket after another until they are told to stop. */
import { Buyer, type Site } from './buyer.ts'
import { contested, type Stock, serialOf } from './stock.ts'

export type Crowd = {
  buyers: Buyer[]
  /** Begins with the next baskets; call it once the site answers. */
  begin(): Promise<void>
  /** @throws what a buyer met that was neither a good answer nor a fault to wait out. */
  mustBeWell(): void
  /** Lets everybody finish the basket at hand. @throws as `mustBeWell`. */
  stop(): Promise<void>
  /** Baskets that were refused since somebody else had been first. */
  refused: string[][]
}

/** Every sixth basket of a buyer holds a license that everybody else wants, too. */
export function aCrowd(site: Site, stock: Stock, each: number): Crowd {
  const buyers = stock.accounts.map((_, n) => new Buyer(site, stock, n))
  const refused: string[][] = []
  let going: Promise<void>[] = []
  const failures: unknown[] = []
  let stopped = false
  const buy = async (buyer: Buyer, n: number) => {
    for (let next = 0, basket = 0; !stopped && next + 4 < each; basket++) {
      const count = 1 + (basket % 4)
      const own = Array.from({ length: count }, (_, i) => serialOf(n, next + i))
      next += count
      const isContested = basket % 6 === 5
      const serials = isContested ? [serialOf(contested(stock), basket)] : own
      const outcome = await buyer.register({ serials, contact: `contact-${n}-${basket}@customer.example` })
      if (outcome === 'registered') continue
      if (!isContested) throw new Error(`nobody else wanted ${serials.join(' ')}, and yet they were refused`)
      refused.push(serials)
    }
  }
  return {
    buyers,
    refused,
    async begin() {
      await Promise.all(buyers.map((buyer) => buyer.signIn()))
      going = buyers.map((buyer, n) => buy(buyer, n))
      for (const one of going) one.catch((error) => failures.push(error))
    },
    mustBeWell() {
      if (failures.length > 0) throw failures[0]
    },
    async stop() {
      stopped = true
      await Promise.all(going)
    },
  }
}

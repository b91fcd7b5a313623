/** Asks for one page many times: as fast as it is answered, or at a given rate whatever the answers. */
import { Agent, get } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

export type Page = { url: string; headers: Record<string, string> }
/** Status 0: no answer. `ms` runs to the last byte. */
export type Answered = { status: number; retry_after: string | null; ms: number }

/** `callers` ask at once, each again as soon as it is answered, for `ms`. */
export async function askAgainAndAgain(page: Page, callers: number, ms: number): Promise<Answered[]> {
  const agent = new Agent({ keepAlive: true })
  const answered: Answered[] = []
  const until = performance.now() + ms
  const call = async () => {
    while (performance.now() < until) answered.push(await ask(page, agent))
  }
  await Promise.all(Array.from({ length: callers }, call))
  agent.destroy()
  return answered
}

/** Asks `rate` times a second for `ms`, then waits for the last answer. */
export async function askAtRate(page: Page, rate: number, ms: number): Promise<Answered[]> {
  const agent = new Agent({ keepAlive: true })
  const asked: Promise<Answered>[] = []
  const begun = performance.now()
  for (let since = 0; since < ms; since = performance.now() - begun) {
    while (asked.length < (since / 1000) * rate) asked.push(ask(page, agent))
    await wait(4)
  }
  const answered = await Promise.all(asked)
  agent.destroy()
  return answered
}

function ask({ url, headers }: Page, agent: Agent): Promise<Answered> {
  const begun = performance.now()
  return new Promise((resolve) => {
    const end = (status: number, retry_after: string | null) =>
      resolve({ status, retry_after, ms: performance.now() - begun })
    const request = get(url, { agent, headers }, (response) => {
      response.resume().once('end', () => end(response.statusCode!, response.headers['retry-after'] ?? null))
    })
    request.once('error', () => end(0, null))
  })
}

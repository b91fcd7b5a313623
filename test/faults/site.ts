import { aServer, exitOf } from '../process.ts'
import type { Site } from './buyer.ts'
import type { Place, Scope } from './place.ts'
import type { Confirmed } from './violations.ts'

/** A place with its server, which a trial starts and kills, and everything it has told anybody. */
export type Running = Site & {
  confirmedSoFar: Confirmed[]
  start(env?: Record<string, string>): Promise<void>
  kill(): Promise<void>
  /** Ends the server in order. @throws Error unless it exits with 0. */
  stop(): Promise<void>
  /** A figure of /metrics, 0 when it is not there; without a server the last one is thrown away. */
  metric(line: string): Promise<number>
}

export function aSite(t: Scope, place: Place): Running {
  let server: Awaited<ReturnType<typeof aServer>> | undefined
  const confirmedSoFar: Confirmed[] = []
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    server!.child.kill(signal)
    return exitOf(server!.child)
  }
  return {
    url: 'http://127.0.0.1:1',
    confirmedSoFar,
    confirmed: (registration_id, serials, { organization_id }) => {
      confirmedSoFar.push({ registration_id, serials, organization_id })
    },
    async start(env = {}) {
      server = await aServer(t, { ...place.env, ...env })
      this.url = server.url
    },
    kill: async () => void (await end('SIGKILL')),
    stop: async () => {
      const exit = await end('SIGTERM')
      if (exit !== 0) throw new Error(`the server ended with ${exit}:\n${server!.output()}`)
    },
    async metric(line) {
      const text = await (await fetch(`${this.url}/metrics`)).text()
      return Number(
        text
          .split('\n')
          .find((each) => each.startsWith(`${line} `))
          ?.slice(line.length + 1) ?? 0,
      )
    },
  }
}

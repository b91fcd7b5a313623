import process from 'node:process'

const signals = { SIGTERM: 143, SIGINT: 130 }

/** Milliseconds in which a second signal is the same wish: a terminal and npm may both pass Ctrl-C on. */
const echo = 1000

/** Waits for the first SIGTERM or SIGINT. @returns its name. Asking again ends the process at once. */
export function untilStopped(): Promise<string> {
  return new Promise((resolve) => {
    let first: number | undefined
    for (const [signal, exit] of Object.entries(signals)) {
      process.on(signal, () => {
        if (first !== undefined && performance.now() - first > echo) process.exit(exit)
        first ??= performance.now()
        resolve(signal)
      })
    }
  })
}

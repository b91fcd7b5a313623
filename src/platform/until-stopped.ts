import process from 'node:process'

const signals = ['SIGTERM', 'SIGINT'] as const

/** Waits for the first SIGTERM or SIGINT. @returns its name. The second one ends the process at once. */
export function untilStopped(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of signals) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(signal === 'SIGINT' ? 130 : 143))
        resolve(signal)
      })
    }
  })
}

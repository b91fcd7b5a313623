import { type DestinationStream, type Logger, pino } from 'pino'

export type Log = Logger

/** Structured log lines on standard output. Bodies, cookies and query strings are never logged; secrets are masked. */
export function createLog(level: string, destination?: DestinationStream): Log {
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: {
        paths: [
          'password',
          'token',
          'secret',
          'cookie',
          'authorization',
          '*.password',
          '*.token',
          '*.secret',
          '*.cookie',
          '*.authorization',
        ],
        censor: '[secret]',
      },
    },
    destination ?? pino.destination(1),
  )
}

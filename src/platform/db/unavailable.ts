import { AppError } from '../errors.ts'

/** The database cannot be reached, is starting or stopping, or lacks disk, memory or connections: worth trying again. */
export class DatabaseUnavailable extends AppError {
  constructor(cause: unknown) {
    const reason = cause instanceof Error ? cause.message || codeOf(cause) : String(cause)
    super('unavailable', `the database is not available: ${reason}`, { cause, retry_after: 2 })
    this.name = 'DatabaseUnavailable'
  }
}

const systemCodes = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOENT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]
/** PostgreSQL: connection exceptions; disk full, out of memory, too many connections; shutting down, crashed, starting up. */
const sqlCodes = /^(08...|53[123]00|57P0[1235])$/
/** The `pg` package gives these no code. */
const messages =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout|timeout expired|Client was closed)/

/** The same error, or `DatabaseUnavailable` around one that tells of a lost or refused connection. */
export function asUnavailable(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof AppError) return error
  const code = codeOf(error)
  return systemCodes.includes(code) || sqlCodes.test(code) || messages.test(error.message)
    ? new DatabaseUnavailable(error)
    : error
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : ''
}

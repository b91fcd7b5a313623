/** The closed list of what can go wrong for a caller; each has one HTTP status and one text per language. */
export const errorCodes = {
  not_signed_in: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  stale: 409,
  gone: 410,
  too_large: 413,
  unsupported_media_type: 415,
  invalid: 422,
  malformed: 400,
  too_many_requests: 429,
  internal: 500,
  unavailable: 503,
  storage_full: 507,
} as const

export type ErrorCode = keyof typeof errorCodes

/** A refusal of access or a broken invariant. One place turns its code into a page or problem+json (RFC 9457). */
export class AppError extends Error {
  readonly code: ErrorCode
  /** Seconds after which trying again makes sense; becomes `Retry-After`. */
  readonly retry_after: number | undefined
  /** Of code `invalid`: what is wrong where, for programs. */
  readonly errors: readonly Invalid[] | undefined

  constructor(code: ErrorCode, message: string = code, options: ErrorOptions = {}) {
    super(message, { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.retry_after = options.retry_after
    this.errors = options.errors
  }
}

/** A JSON Pointer as a URI fragment (RFC 6901 §6), and a word for what is wrong there. */
export type Invalid = { pointer: string; code: string }

type ErrorOptions = { cause?: unknown; retry_after?: number; errors?: readonly Invalid[] }

/** What a command answers when a person must act on the outcome: a value, or the reason there is none. */
export type Result<T, R extends string> = ({ ok: true } & T) | { ok: false; refusal: R }

export function ok<T extends object>(value: T): { ok: true } & T {
  return { ok: true, ...value }
}

export function refuse<R extends string>(refusal: R): { ok: false; refusal: R } {
  return { ok: false, refusal }
}

import type { Context } from 'hono'
import { AppError, type ErrorCode, errorCodes } from '../errors.ts'
import type { PublicEnv } from './env.ts'

/**
 * The one code that stands for whatever was thrown. What nobody foresaw is `internal`.
 * Bodies that are not what they claim to be reach us as plain errors of the framework.
 */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (isHttpException(error)) return new AppError(codeOfStatus(error.status), error.message, { cause: error })
  if (error instanceof SyntaxError && error.message.includes('JSON')) {
    return new AppError('malformed', error.message, { cause: error })
  }
  if (isNoText(error)) return new AppError('malformed', 'a text has signs that cannot be stored', { cause: error })
  return new AppError('internal', error instanceof Error ? error.message : String(error), { cause: error })
}

/** Answers a machine: RFC 9457, with a type that stays the same over releases and languages. */
export function answerProblem(c: Context<PublicEnv>, error: AppError): Response {
  const { t } = c.var
  const status = errorCodes[error.code]
  const problem = {
    type: `urn:keyport:problem:${error.code}`,
    title: t(`errors.${error.code}.title`),
    status,
    detail: t(`errors.${error.code}.text`),
    request_id: c.var.request_id,
    errors: error.errors,
  }
  return c.body(JSON.stringify(problem), status, { 'content-type': 'application/problem+json' })
}

/** Whether the caller wants a page: browsers name text/html, programs that do not care name nothing of the kind. */
export function wantsPage(c: Context): boolean {
  return (c.req.header('accept') ?? '').includes('text/html') && !c.req.path.startsWith('/api/')
}

/** What an answer to an error must say besides its body. */
export function errorHeaders(c: Context, error: AppError): void {
  c.header('cache-control', 'no-store')
  if (error.retry_after !== undefined) c.header('retry-after', String(Math.ceil(error.retry_after)))
}

/** NUL in a path or a question, where no form took it out: PostgreSQL's `character_not_in_repertoire`, and in JSON. */
function isNoText(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === '22021' || code === '22P05'
}

type HttpException = Error & { status: number }

function isHttpException(error: unknown): error is HttpException {
  return error instanceof Error && 'getResponse' in error && 'status' in error && typeof error.status === 'number'
}

function codeOfStatus(status: number): ErrorCode {
  const codes = Object.entries(errorCodes) as [ErrorCode, number][]
  return codes.find(([, each]) => each === status)?.[0] ?? (status < 500 ? 'malformed' : 'internal')
}

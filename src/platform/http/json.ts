import type { Context } from 'hono'
import type { z } from 'zod'
import { AppError, type Invalid } from '../errors.ts'

/**
 * The JSON body of a request, as its schema reads it.
 * @throws AppError `unsupported_media_type`, `malformed`, or `invalid` with a pointer to all that is wrong.
 */
export async function readJson<S extends z.ZodType>(c: Context, schema: S): Promise<z.output<S>> {
  const type = c.req.header('content-type') ?? ''
  if (!/^application\/json\s*(;|$)/i.test(type)) throw new AppError('unsupported_media_type', 'not application/json')
  const read = schema.safeParse(parse(await c.req.text()))
  if (read.success) return read.data
  throw new AppError('invalid', 'body', { errors: read.error.issues.flatMap(invalidOf).slice(0, most) })
}

/** Whoever sends thousands of mistakes need not be told of each. */
const most = 20

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new AppError('malformed', 'not JSON', { cause: error })
  }
}

function invalidOf(issue: z.core.$ZodIssue): Invalid[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => at([...issue.path, key], issue.code))
  const closest = issue.code === 'invalid_union' ? closestOption(issue.errors) : undefined
  if (!closest) return [at(issue.path, issue.code)]
  return closest.flatMap((one) => invalidOf({ ...one, path: [...issue.path, ...one.path] } as z.core.$ZodIssue))
}

/** Of what may stand in one place, the one that was meant: it fits furthest; none when nothing fits at all. */
function closestOption(options: readonly z.core.$ZodIssue[][]): readonly z.core.$ZodIssue[] | undefined {
  const depth = (issues: readonly z.core.$ZodIssue[]) =>
    Math.max(0, ...issues.map(({ path, code }) => path.length + (/^invalid_(type|value)$/.test(code) ? 0 : 1)))
  const deepest = options.toSorted((a, b) => depth(b) - depth(a))[0]
  return deepest && depth(deepest) > 0 ? deepest : undefined
}

function at(path: readonly PropertyKey[], code: string): Invalid {
  const parts = path.map((part) => encodeURIComponent(String(part).replaceAll('~', '~0').replaceAll('/', '~1')))
  return { pointer: ['#', ...parts].join('/').slice(0, 300), code }
}

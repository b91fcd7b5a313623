import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import busboy from 'busboy'
import type { Context } from 'hono'
import type { z } from 'zod'
import { AppError } from '../errors.ts'
import type { Env, OperatorEnv, PublicEnv } from './env.ts'
import { type FormState, readForm, readValues } from './form.ts'

/** A file as it arrives. `content` must be read to its end, and fails with `FileTooLarge` beyond the limit. */
export type ArrivingFile = { field: string; name: string; content: AsyncIterable<Uint8Array> }

export class FileTooLarge extends Error {}

type Taking<F> = {
  /** Bytes of one file. */
  largest: number
  /** Takes one file after the other; what it throws ends the reading of the form. */
  take(file: ArrivingFile): Promise<F>
}
type Read<V, F> = FormState & { files: F[] } & ({ ok: true; value: V } | { ok: false })

/** Besides the text: a form has a few dozen fields at most. */
const limits = { fields: 100, fieldSize: 512 * 1024, files: 50, headerPairs: 50 }

/**
 * Reads a posted form whose files are taken while they arrive, so that none is ever held in memory; like `readForm` for
 * the rest, also for a form without files. A file field that was left empty is no file.
 * @throws AppError `malformed` for what is no form, `too_large`; and what `take` throws.
 */
export async function readFormWithFiles<S extends z.ZodType, F>(
  c: Context<PublicEnv> | Context<Env> | Context<OperatorEnv>,
  schema: S,
  taking: Taking<F>,
): Promise<Read<z.output<S>, F>> {
  const type = c.req.header('content-type') ?? ''
  if (!/^multipart\/form-data\b/i.test(type)) return { ...(await readForm(c, schema)), files: [] }
  const pairs: [string, string][] = []
  const files = await receive(c.req.raw, type, pairs, taking)
  return { ...readValues(pairs, schema, c.var.t), files }
}

async function receive<F>(request: Request, type: string, pairs: [string, string][], { largest, take }: Taking<F>) {
  const parser = makeParser(type, largest)
  const taken: Promise<F>[] = []
  let broken: AppError | undefined
  const refuse = () => {
    broken = new AppError('too_large')
  }
  parser.on('field', (name, value, { valueTruncated }) => {
    if (valueTruncated) refuse()
    pairs.push([name, value])
  })
  parser.on('file', (field, stream, { filename }) => {
    if (!filename) return void stream.resume()
    const file = { field, name: filename, content: untilLimit(stream) }
    // What `take` leaves unread would hold up the rest of the form.
    taken.push(take(file).finally(() => stream.resume()))
    taken.at(-1)!.catch(() => {})
  })
  for (const event of ['filesLimit', 'fieldsLimit', 'partsLimit'] as const) parser.on(event, refuse)
  const body = request.body ? Readable.fromWeb(request.body as never) : Readable.from([])
  await pipeline(body, parser).catch((cause: unknown) => {
    if (cause instanceof AppError) throw cause
    throw new AppError('malformed', 'unreadable form', { cause })
  })
  const files = await Promise.all(taken)
  if (broken) throw broken
  return files
}

function makeParser(type: string, largest: number) {
  try {
    const headers = { 'content-type': type }
    // The parser calls a file truncated that is as large as its limit.
    return busboy({ headers, defParamCharset: 'utf8', limits: { ...limits, fileSize: largest + 1 } })
  } catch (cause) {
    throw new AppError('malformed', 'unreadable form', { cause })
  }
}

async function* untilLimit(stream: Readable & { truncated?: boolean }): AsyncGenerator<Uint8Array> {
  yield* stream as AsyncIterable<Uint8Array>
  if (stream.truncated) throw new FileTooLarge()
}

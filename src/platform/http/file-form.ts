import { Readable } from 'node:stream'
import type { ReadableStream as WebStream } from 'node:stream/web'
import { Busboy } from '@fastify/busboy'
import type { Context } from 'hono'
import { AppError } from '../errors.ts'

export type FileForm = {
  values: Record<string, string>
  /** Read it or `drop` it: until then the sender waits. */
  file: { name: string; body: AsyncIterable<Uint8Array> } | undefined
  /** Reads no further. */
  drop(): void
}

/**
 * A multipart form whose file is read as it arrives, however large: its fields stand before the file, one file at most.
 * @throws AppError `unsupported_media_type`, or `malformed` when it cannot be read.
 */
export async function readFileForm(c: Context): Promise<FileForm> {
  const type = c.req.header('content-type') ?? ''
  const body = c.req.raw.body
  if (!/^multipart\/form-data\b/i.test(type) || !body) throw new AppError('unsupported_media_type')
  const source = Readable.fromWeb(body as unknown as WebStream)
  const values: Record<string, string> = Object.create(null)
  const drop = () => void source.destroy()
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown) => reject(new AppError('malformed', 'unreadable form', { cause }))
    try {
      const limits = { files: 1, fields: 30, fieldSize: 10_000 }
      const form = new Busboy({ headers: { 'content-type': type }, limits })
      form.on('field', (name, value) => {
        values[name] = value.replaceAll('\0', '')
      })
      form.on('file', (_field, stream, name) => {
        // Whoever drops the form reads no file, and hears of no error of it.
        stream.on('error', () => {})
        source.once('close', () => {
          if (!source.readableEnded) stream.destroy(new Error('cut off'))
        })
        resolve({ values, file: { name, body: whole(stream) }, drop })
      })
      form.once('finish', () => resolve({ values, file: undefined, drop }))
      form.on('error', fail)
      source.on('error', fail)
      source.pipe(form)
    } catch (error) {
      fail(error)
    }
  })
}

/** A sender who is cut off, or sends what is no form, is told so wherever the file is read. */
async function* whole(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* stream
  } catch (cause) {
    throw new AppError('malformed', 'the file did not arrive whole', { cause })
  }
}

import type { FileHandle } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { type Context, Hono } from 'hono'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import type { PublicEnv } from '../platform/http/env.ts'
import { attachment } from '../platform/http/file-name.ts'
import { pourFile } from '../platform/http/pour-file.ts'
import { isSameVersion, isUnchanged, rangeOf } from '../platform/http/ranges.ts'
import type { Services } from '../platform/services.ts'
import { type ByteRange, openStorage, type Storage } from '../platform/storage/index.ts'
import { urls } from '../urls.ts'
import { bytesCounter, type Sent } from './count-bytes.ts'
import { readLink } from './download-link.ts'
import { getTarget, noteDownload, type Target } from './follow-link.ts'
import { publicKeyFile } from './minisign.ts'
import { activeReleaseKey, listReleaseKeys } from './release-keys.ts'

/** What a link of the store lives for, in seconds: the download begins at once, and each attempt gets a new one. */
const storeLinkSeconds = 3600
const fileType = 'application/octet-stream'

/** What works without a session: signed links, and the keys that verify files. */
export function softwareFilesWeb({ db, config, log }: Pick<Services, 'db' | 'config' | 'log'>) {
  const storage = openStorage(config)
  const count = bytesCounter(db, log)
  return new Hono<PublicEnv>()
    .get(urls.software.file.pattern, allow('anyone'), async (c) => {
      const target = await targetOf(c)
      const headers = headersOf(target)
      if (isUnchanged(conditionsOf(c), versionOf(target))) return c.body(null, 304, headers)
      if (c.req.method === 'HEAD') return answer(null, 200, { ...headers, 'content-length': String(target.file.size) })
      const { file } = target
      const options = { seconds: storeLinkSeconds, name: file.name, type: fileType }
      const elsewhere = await storage.presign(file.storage_key, options)
      if (elsewhere) {
        await noteDownload(db, target, { agent: agentOf(c), by_store: true })
        return c.body(null, 302, { location: elsewhere, 'cache-control': 'private, no-store' })
      }
      const range = isSameVersion(c.req.header('if-range'), versionOf(target))
        ? rangeOf(c.req.header('range'), file.size)
        : 'whole'
      if (range === 'unsatisfiable') return answer(null, 416, { ...headers, 'content-range': `bytes */${file.size}` })
      const bytes = range === 'whole' ? { start: 0, end: file.size - 1 } : range
      const status = range === 'whole' ? 200 : 206
      const length = { ...headers, 'content-length': String(bytes.end - bytes.start + 1) }
      const partial = { 'content-range': `bytes ${bytes.start}-${bytes.end}/${file.size}` }
      const head = status === 206 ? { ...length, ...partial } : length
      const source = await openSource(c, storage, file.storage_key, bytes)
      await noteDownload(db, target, { agent: agentOf(c), by_store: false }).catch((error) => giveBack(source, error))
      const sent = { download_id: target.link_id, start: bytes.start }
      if (source.body) return answer(counting(source.body, sent, count), status, head)
      source.answer.writeHead(status, head)
      void pourFile(source.answer, source.handle, bytes)
        .then((taken) => count({ ...sent, end: bytes.start + taken, at: new Date() }))
        .catch((error) => log.warn({ err: error }, 'a download broke off'))
      return RESPONSE_ALREADY_SENT.clone()
    })
    .get(urls.software.key.pattern, allow('anyone'), async (c) => {
      const { id } = await activeReleaseKey(db, config)
      return keyFile(c, id)
    })
    .get(urls.software.keyOf.pattern, allow('anyone'), (c) => keyFile(c, c.req.param('key').replace(/\.pub$/, '')))
}

type Source = { body: ReadableStream<Uint8Array> } | { body: undefined; handle: FileHandle; answer: ServerResponse }

/** A file of this machine goes straight into the connection, where there is one; anything else is a stream. */
async function openSource(c: Context, storage: Storage, key: string, bytes: ByteRange): Promise<Source> {
  const connection = (c.env as Partial<HttpBindings> | undefined)?.outgoing
  const handle = connection && (await storage.openFile(key))
  if (!handle) return { body: await storage.read(key, bytes) }
  return { body: undefined, handle, answer: connection }
}

/** What was opened is closed, whatever comes between. */
async function giveBack(source: Source, error: unknown): Promise<never> {
  await (source.body ? source.body.cancel() : source.handle.close())
  throw error
}

/** @throws AppError `gone` for a link that is forged or expired: one answer for both. */
function targetOf(c: Context<PublicEnv>): Promise<Target> {
  const { db, config, address, request_id } = c.var
  const { link: sealed = '', name = '' } = c.req.param() as { link?: string; name?: string }
  const now = new Date()
  const link = readLink(config, sealed, now)
  if (!link) throw new AppError('gone')
  return getTarget(db, link, name, { now, address, request_id })
}

const agentOf = (c: Context) => c.req.header('user-agent') ?? null
const conditionsOf = (c: Context) => ({
  none_match: c.req.header('if-none-match'),
  modified_since: c.req.header('if-modified-since'),
})
const versionOf = ({ file }: Target) => ({ etag: `"${file.sha256}"`, modified: file.published_at })

/** `no-transform`: a proxy that compressed it would break its checksum and its ranges. */
function headersOf(target: Target): Record<string, string> {
  const { etag, modified } = versionOf(target)
  return {
    'content-type': fileType,
    'content-disposition': attachment(target.file.name),
    'accept-ranges': 'bytes',
    etag,
    'last-modified': modified.toUTCString(),
    'cache-control': 'private, no-transform',
    'x-content-type-options': 'nosniff',
  }
}

function answer(body: ReadableStream<Uint8Array> | null, status: number, headers: Record<string, string>): Response {
  return new Response(body, { status, headers })
}

/** Passes a body on, and tells once how much of it went out: when it ended, broke, or the other side hung up. */
function counting(
  body: ReadableStream<Uint8Array>,
  { download_id, start }: Pick<Sent, 'download_id' | 'start'>,
  count: (sent: Sent) => void,
): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  let end = start
  let told = false
  const tell = () => {
    if (!told && end > start) count({ download_id, start, end, at: new Date() })
    told = true
  }
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const { value, done } = await reader.read()
          if (done) {
            tell()
            return controller.close()
          }
          end += value.byteLength
          controller.enqueue(value)
        } catch (error) {
          tell()
          throw error
        }
      },
      async cancel(reason) {
        tell()
        await reader.cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
}

/** A file's signature names its key, which therefore stays to be found after a rotation. */
async function keyFile(c: Context<PublicEnv>, id: string) {
  const key = (await listReleaseKeys(c.var.db)).find((each) => each.id === id)
  if (!key) throw new AppError('not_found')
  return c.body(publicKeyFile(key), 200, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'public, max-age=300',
    'access-control-allow-origin': '*',
  })
}

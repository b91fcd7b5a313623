import type { Context } from 'hono'
import type { OperatorEnv, PublicEnv } from '../platform/http/env.ts'
import { attachment } from '../platform/http/file-name.ts'
import { openStorage } from '../platform/storage/index.ts'
import { type RequestFile, storageKey } from './files.ts'

/**
 * Sends an attached file, streamed, never to be shown in the browser: whatever it is, it has no type that one would
 * show, and a name that goes with its content.
 */
export async function sendFile(c: Context<PublicEnv> | Context<OperatorEnv>, { id, name, size }: RequestFile) {
  const content = await openStorage(c.var.config).read(storageKey(id))
  return c.body(content, 200, {
    'content-type': 'application/octet-stream',
    'content-disposition': attachment(name),
    'content-length': String(size),
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
  })
}

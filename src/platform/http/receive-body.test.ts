import assert from 'node:assert/strict'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { getRequestListener } from '@hono/node-server'
import { openPortal } from '../../../test/portal.ts'
import { urls } from '../../urls.ts'
import { uuidv7 } from '../ids.ts'

const megabyte = 1024 * 1024

test('a body that does not say its length may be as long as a form, also where large files are taken', async (t) => {
  const { app } = await openPortal(t)
  const server = createServer(getRequestListener(app.fetch)).listen(0, '127.0.0.1')
  t.after(() => void server.close())
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo

  /** Goes on sending until it is answered. */
  const sendInPieces = (path: string, most: number) =>
    new Promise<{ status: number | undefined; sent: number }>((resolve, reject) => {
      let sent = 0
      const headers = { origin: 'http://localhost', 'content-type': 'application/x-www-form-urlencoded' }
      const asking = request({ port, host: '127.0.0.1', path, method: 'POST', headers }, (answer) => {
        answer.resume()
        resolve({ status: answer.statusCode, sent })
        asking.destroy()
      })
      asking.once('error', reject)
      const send = () => {
        if (asking.destroyed) return
        if (sent >= most) return void asking.end()
        sent += megabyte / 4
        asking.write(Buffer.alloc(megabyte / 4, 'a'), () => setImmediate(send))
      }
      send()
    })

  const upload = urls.admin.releaseFiles.to({ release: uuidv7() })
  const { status, sent } = await sendInPieces(upload, 64 * megabyte)
  assert.equal(status, 413)
  assert.ok(sent < 32 * megabyte, `${sent} bytes were taken`)
  assert.notEqual((await sendInPieces(upload, megabyte / 2)).status, 413)
})

import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import type { Scope } from './place.ts'

/** Stands before the database server, so that a trial can take that away and bring it back. */
export type Proxy = { url: string; stop(): Promise<void>; start(): Promise<void> }

export async function aProxy(t: Scope, databaseUrl: string): Promise<Proxy> {
  const target = new URL(databaseUrl)
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    const there = connect(Number(target.port) || 5432, target.hostname)
    for (const each of [socket, there]) {
      sockets.add(each.on('error', () => {}))
      each.once('close', () => {
        sockets.delete(each)
        for (const other of [socket, there]) other.destroy()
      })
    }
    socket.pipe(there).pipe(socket)
  })
  let port = 0
  const start = async () => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    port = (server.address() as AddressInfo).port
  }
  const stop = async () => {
    if (!server.listening) return
    const closed = once(server, 'close')
    server.close()
    for (const socket of sockets) socket.destroy()
    await closed
  }
  await start()
  t.after(stop)
  const url = new URL(databaseUrl)
  url.hostname = '127.0.0.1'
  url.port = String(port)
  return { url: url.href, stop, start }
}

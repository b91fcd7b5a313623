/**
 * What PgBouncer does in transaction mode, as far as a client notices: a start-up with more than who and where is
 * refused, and each transaction gets the connection to the server that was idle longest. Records what it was asked.
 */
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import pg from 'pg'

type Scope = { after(done: () => Promise<void> | void): void }
/** A statement with the name it is prepared under, which is empty when it is for this once. */
export type Asked = { name: string; text: string }
export type Pooler = { url: string; asked: Asked[] }

const [query, parse, sync, terminate, ready] = [...'QPSXZ'].map((letter) => letter.charCodeAt(0))
const idle = 'I'.charCodeAt(0)
const understood = ['user', 'database', 'application_name', 'client_encoding']

export async function aTransactionPooler(t: Scope, databaseUrl: string, size = 3): Promise<Pooler> {
  const servers = await Promise.all(Array.from({ length: size }, () => connectTo(databaseUrl)))
  const pool = new ServerPool(servers)
  const asked: Asked[] = []
  const clients = new Set<Socket>()
  const listener = createServer((client) => {
    clients.add(client.on('error', () => {}))
    serve(client, pool, asked).catch((error) => client.destroy(error))
  })
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  t.after(() => {
    listener.close()
    for (const socket of [...clients, ...servers]) socket.destroy()
  })
  const url = new URL(databaseUrl)
  url.hostname = '127.0.0.1'
  url.port = String((listener.address() as AddressInfo).port)
  return { url: url.href, asked }
}

/** The library signs in; from then on its socket is ours. */
async function connectTo(connectionString: string): Promise<Socket> {
  const client = new pg.Client({ connectionString, application_name: 'behind a pooler' })
  await client.connect()
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection
  for (const event of ['data', 'end', 'close', 'error']) stream.removeAllListeners(event)
  return stream.on('error', () => {})
}

class ServerPool {
  readonly #idle: Socket[]
  readonly #waiting: ((server: Socket) => void)[] = []

  constructor(servers: Socket[]) {
    this.#idle = [...servers]
  }

  take(): Promise<Socket> {
    const server = this.#idle.shift()
    return server ? Promise.resolve(server) : new Promise((resolve) => this.#waiting.push(resolve))
  }

  giveBack(server: Socket): void {
    const next = this.#waiting.shift()
    if (next) next(server)
    else this.#idle.push(server)
  }
}

async function serve(client: Socket, pool: ServerPool, asked: Asked[]): Promise<void> {
  let server: Socket | undefined
  let messages: Buffer[] = []
  const started = { already: false }
  for await (const message of messagesOf(client, started)) {
    if (!started.already) {
      const refused = parametersOf(message).find((name) => !understood.includes(name))
      if (refused) return void client.end(errorOf(`unsupported startup parameter: ${refused}`))
      client.write(Buffer.from([82, 0, 0, 0, 8, 0, 0, 0, 0, ready!, 0, 0, 0, 5, idle]))
      started.already = true
      continue
    }
    const type = message[0]
    if (type === terminate) return
    const [first = '', second = ''] = message.subarray(5).toString().split('\0')
    if (type === query) asked.push({ name: '', text: first })
    if (type === parse) asked.push({ name: first, text: second })
    messages.push(message)
    if (type !== query && type !== sync) continue
    server ??= await pool.take()
    server.write(Buffer.concat(messages))
    messages = []
    if ((await answer(server, client)) !== idle) continue
    pool.giveBack(server)
    server = undefined
  }
}

/** Only the start-up message has no letter in front. */
async function* messagesOf(socket: Socket, started: { already: boolean }): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0)
  for await (const chunk of socket) {
    rest = Buffer.concat([rest, chunk])
    for (;;) {
      const letters = started.already ? 1 : 0
      if (rest.length < letters + 4) break
      const length = rest.readUInt32BE(letters) + letters
      if (rest.length < length) break
      const message = rest.subarray(0, length)
      rest = rest.subarray(length)
      yield message
    }
  }
}

function parametersOf(startup: Buffer): string[] {
  const texts = startup.subarray(8).toString().split('\0')
  return texts.filter((text, index) => index % 2 === 0 && text !== '')
}

/** Passes on what the server says until it is ready again. @returns whether it is idle or in a transaction. */
function answer(server: Socket, client: Socket): Promise<number> {
  let rest = Buffer.alloc(0)
  return new Promise((resolve) => {
    const hear = (chunk: Buffer) => {
      client.write(chunk)
      rest = Buffer.concat([rest, chunk])
      while (rest.length >= 5 && rest.length >= rest.readUInt32BE(1) + 1) {
        const [type, state] = [rest[0], rest[5]]
        rest = rest.subarray(rest.readUInt32BE(1) + 1)
        if (type !== ready) continue
        server.off('data', hear)
        resolve(state!)
      }
    }
    server.on('data', hear)
  })
}

function errorOf(text: string): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C08P01\0M${text}\0\0`)
  const head = Buffer.from('E\0\0\0\0')
  head.writeUInt32BE(fields.length + 4, 1)
  return Buffer.concat([head, fields])
}

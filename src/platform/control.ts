/**
 * The control socket: while the server has the embedded database open, no second process may, so commands of the
 * command line run inside the server. Lines of JSON go both ways: the call, then its output in pieces, then its
 * exit code. Whoever may open the socket may do everything, so only the owner may.
 */
import { chmodSync, lstatSync, mkdtempSync, readlinkSync, rmSync, symlinkSync } from 'node:fs'
import { createConnection, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import type { CommandIo } from './command.ts'
import type { Config } from './config.ts'

type Call = { argv: string[]; cwd: string }
type Answer = { stdout: string } | { stderr: string } | { exit: number }
type Run = (argv: string[], io: CommandIo) => Promise<number>

export type Control = {
  /** Takes no more calls, waits for the running ones up to `seconds`, then cuts them off. */
  close(seconds: number): Promise<void>
}

/** The longest path that every system accepts for a socket, in bytes. */
const longest = 100

/** Listens in `data_dir`. Call it only with the embedded database open: that proves that no other server listens. */
export async function openControl(config: Pick<Config, 'data_dir'>, run: Run): Promise<Control> {
  const path = join(config.data_dir, 'control.sock')
  removeSocket(path)
  const running = new Set<Promise<unknown>>()
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    const call = answerCall(socket, run)
      .catch(() => socket.destroy())
      .finally(() => running.delete(call))
    running.add(call)
  })
  await listen(server, placeSocket(path))
  return {
    close: async (seconds) => {
      removeSocket(path)
      const closed = new Promise((resolve) => server.close(resolve))
      await Promise.race([Promise.all(running), new Promise((resolve) => setTimeout(resolve, seconds * 1000).unref())])
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

/**
 * Runs a command inside the server.
 * @returns its exit code; undefined when no server listens.
 */
export async function callControl(config: Pick<Config, 'data_dir'>, argv: string[], io: CommandIo) {
  const socket = await connect(resolveSocket(join(config.data_dir, 'control.sock')))
  if (!socket) return undefined
  io.signal.addEventListener('abort', () => socket.destroy())
  socket.write(`${JSON.stringify({ argv, cwd: io.cwd } satisfies Call)}\n`)
  const lines = createInterface({ input: socket })
  socket.once('close', () => lines.close())
  try {
    for await (const line of lines) {
      const answer = JSON.parse(line) as Answer
      if ('exit' in answer) return answer.exit
      if ('stdout' in answer) await write(io.stdout, answer.stdout)
      else await write(io.stderr, answer.stderr)
    }
  } catch (error) {
    // A server that is killed resets the connection instead of closing it when it had not read all of the call yet.
    if ((error as { code?: string }).code !== 'ECONNRESET') {
      if (!io.signal.aborted) io.stderr.write(`keyport: ${error instanceof Error ? error.message : error}\n`)
      return 1
    }
  } finally {
    socket.destroy()
  }
  io.stderr.write('keyport: the server ended before the command did\n')
  return 1
}

async function answerCall(socket: Socket, run: Run): Promise<void> {
  const gone = new AbortController()
  socket.on('error', () => {})
  socket.once('close', () => gone.abort())
  const call = callIn(await firstLine(socket))
  if (!call) return void socket.destroy()
  const { argv, cwd } = call
  const io: CommandIo = { stdout: pieces(socket, 'stdout'), stderr: pieces(socket, 'stderr'), cwd, signal: gone.signal }
  const exit = await run(argv, io)
  await drained(io.stdout)
  await drained(io.stderr)
  socket.end(`${JSON.stringify({ exit } satisfies Answer)}\n`)
}

function firstLine(socket: Socket): Promise<string> {
  const lines = createInterface({ input: socket })
  return new Promise((resolve) => {
    lines.once('line', resolve)
    lines.once('close', () => resolve(''))
    socket.once('close', () => resolve(''))
  })
}

function callIn(line: string): Call | undefined {
  try {
    const { argv, cwd } = JSON.parse(line) as Call
    return Array.isArray(argv) && typeof cwd === 'string' ? { argv: argv.map(String), cwd } : undefined
  } catch {
    return undefined
  }
}

/** A stream whose bytes go to the caller; a slow caller slows the command down. */
function pieces(socket: Socket, name: 'stdout' | 'stderr'): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (socket.destroyed) return done()
      socket.write(`${JSON.stringify({ [name]: chunk.toString('base64') })}\n`, () => done())
    },
  })
}

function drained(stream: Writable): Promise<void> {
  return new Promise((resolve) => stream.end(resolve))
}

function write(stream: Writable, base64: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(Buffer.from(base64, 'base64'), (error) => (error ? reject(error) : resolve()))
  })
}

/** The socket is made without rights for others from the first moment on: listening binds it before it returns. */
function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    const before = process.umask(0o177)
    try {
      server.listen(path, resolve)
    } finally {
      process.umask(before)
    }
  })
}

/** Where to listen: at `path`, or behind a link there to a short path when the system would not take a long one. */
function placeSocket(path: string): string {
  if (Buffer.byteLength(path) <= longest) return path
  const folder = mkdtempSync(join(tmpdir(), 'keyport-'))
  chmodSync(folder, 0o700)
  const short = join(folder, 'control.sock')
  symlinkSync(short, path)
  return short
}

function resolveSocket(path: string): string {
  return isLink(path) ? readlinkSync(path) : path
}

function removeSocket(path: string): void {
  if (isLink(path)) rmSync(dirname(readlinkSync(path)), { recursive: true, force: true })
  rmSync(path, { force: true })
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false
}

function connect(path: string): Promise<Socket | undefined> {
  return new Promise((resolve, reject) => {
    if (Buffer.byteLength(path) > longest) return resolve(undefined)
    const socket = createConnection(path, () => resolve(socket))
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve(undefined)
      else reject(error)
    })
  })
}

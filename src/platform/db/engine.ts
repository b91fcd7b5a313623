import { Worker } from 'node:worker_threads'
import { ConnectionLost, EngineSocket } from './wire.ts'

/** Where the engine keeps its files: in a folder, durably, or in memory from a tar of an existing database. */
export type EngineOptions = { folder: string } | { files: Uint8Array }

export type ToEngine = { kind: 'begin' | 'more'; bytes: Uint8Array } | { kind: 'close' }
export type FromEngine =
  | { kind: 'ready' | 'closed' }
  | { kind: 'answer'; bytes: Uint8Array; last: boolean }
  | { kind: 'fault'; message: string }

/** PostgreSQL's codes for a statement over its time, a server that crashed, and one that is not ready. */
const queryCanceled = '57014'
const crashShutdown = '57P02'
const cannotConnectNow = '57P03'

/**
 * An embedded engine in a thread of its own. When a statement exceeds its time or the engine fails, the thread
 * ends as in a crash: who was connected gets an error, and the next connection starts a new thread, which
 * recovers everything that was committed.
 */
export class Engine {
  readonly #options: EngineOptions
  readonly #statementTimeout: number
  #patience = 0
  #thread: Promise<EngineThread> | undefined

  /** `statementTimeout`: milliseconds a statement may take, 0 for any. */
  constructor(options: EngineOptions, statementTimeout = 0) {
    this.#options = options
    this.#statementTimeout = statementTimeout
  }

  /** Starts the thread, unless it runs. @throws Error when the engine cannot open its files. */
  async start(): Promise<EngineThread> {
    this.#thread ??= startThread(this.#options, () => (this.#thread = undefined))
    return this.#thread
  }

  /** What the `pg` client takes for a TCP socket; it ends with the thread that it began on. */
  connect(): EngineSocket {
    let thread: EngineThread | undefined
    const socket: EngineSocket = new EngineSocket(async (bytes, onAnswer) => {
      const kind = thread ? 'more' : 'begin'
      thread ??= await this.start().catch((error: Error) => {
        throw new ConnectionLost(cannotConnectNow, `the embedded database does not start: ${error.message}`)
      })
      thread.sockets.add(socket)
      await thread.exchange(
        { kind, bytes: new Uint8Array(bytes) },
        onAnswer,
        this.#patience > 0 ? 0 : this.#statementTimeout,
      )
    })
    socket.once('close', () => thread?.sockets.delete(socket))
    return socket
  }

  /** While `work` runs, statements may take any time. */
  async patiently<T>(work: () => Promise<T>): Promise<T> {
    this.#patience += 1
    try {
      return await work()
    } finally {
      this.#patience -= 1
    }
  }

  /** Ends the thread at once, as `kill -9` would end a process. */
  async kill(): Promise<void> {
    await (await this.#thread)?.end(new ConnectionLost(crashShutdown, 'the embedded database was ended'))
  }

  /** Shuts the database down cleanly, after the running statement. */
  async close(): Promise<void> {
    await (await this.#thread)?.close()
  }
}

async function startThread(options: EngineOptions, onEnd: () => void): Promise<EngineThread> {
  const file = import.meta.url.endsWith('.ts') ? './engine-thread.ts' : './engine-thread.js'
  const worker = new Worker(new URL(file, import.meta.url), { workerData: options, execArgv: [], name: 'database' })
  const thread = new EngineThread(worker, onEnd)
  await thread.ready
  return thread
}

type Exchange = { onAnswer: (bytes: Uint8Array) => void; resolve: () => void; reject: (error: Error) => void }

class EngineThread {
  readonly sockets = new Set<EngineSocket>()
  readonly ready: Promise<void>
  readonly #worker: Worker
  #waiting: Exchange | undefined
  #turn: Promise<void>
  #end: Error | undefined

  constructor(worker: Worker, onEnd: () => void) {
    this.#worker = worker
    worker.on('message', (message: FromEngine) => this.#hear(message))
    worker.on('error', (error) => (this.#end ??= error))
    worker.once('exit', () => {
      onEnd()
      this.#leave(this.#end ?? new ConnectionLost(crashShutdown, 'the embedded database ended unexpectedly'))
    })
    this.ready = this.#wait(() => {})
    this.#turn = this.ready
  }

  /** Exchanges wait for each other: the engine has one connection. */
  exchange(message: ToEngine, onAnswer: (bytes: Uint8Array) => void, timeout: number): Promise<void> {
    const mine = this.#turn.then(async () => {
      const timer = timeout > 0 ? setTimeout(() => void this.end(overTime()), timeout) : undefined
      const answered = this.#wait(onAnswer)
      this.#worker.postMessage(message, 'bytes' in message ? [message.bytes.buffer as ArrayBuffer] : [])
      await answered.finally(() => clearTimeout(timer))
    })
    this.#turn = mine.catch(() => {})
    return mine
  }

  async end(reason: Error): Promise<void> {
    this.#end ??= reason
    await this.#worker.terminate()
  }

  async close(): Promise<void> {
    await this.exchange({ kind: 'close' }, () => {}, 0)
    await this.end(new ConnectionLost(crashShutdown, 'the embedded database is closed'))
  }

  /** Only a running exchange keeps the process alive, not the idle thread. */
  #wait(onAnswer: (bytes: Uint8Array) => void): Promise<void> {
    if (this.#end) return Promise.reject(this.#end)
    this.#worker.ref()
    return new Promise<void>((resolve, reject) => (this.#waiting = { onAnswer, resolve, reject })).finally(() =>
      this.#worker.unref(),
    )
  }

  #hear(message: FromEngine): void {
    if (message.kind === 'fault') {
      this.#end ??= new ConnectionLost(crashShutdown, `the embedded database failed: ${message.message}`)
      return
    }
    if (message.kind === 'answer') this.#waiting?.onAnswer(message.bytes)
    if (message.kind !== 'answer' || message.last) this.#waiting?.resolve()
  }

  #leave(reason: Error): void {
    this.#end = reason
    this.#waiting?.reject(reason)
    for (const socket of this.sockets) socket.destroy(reason)
  }
}

function overTime(): ConnectionLost {
  return new ConnectionLost(queryCanceled, 'canceling statement due to statement timeout')
}

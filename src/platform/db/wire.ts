import { Duplex } from 'node:stream'

/** Carries whole client messages of the PostgreSQL protocol to an engine; its answer comes back in pieces, in order. */
export type Exchange = (messages: Uint8Array, onAnswer: (bytes: Uint8Array) => void) => Promise<void>

/** The engine is gone; the code is PostgreSQL's for the reason. */
export class ConnectionLost extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.name = 'ConnectionLost'
    this.code = code
  }
}

const typesThatAwaitAnAnswer = new Set([...'QSHp'].map((letter) => letter.charCodeAt(0)))
const terminate = 'X'.charCodeAt(0)

/**
 * What the `pg` client takes for a TCP socket. It collects the client's messages until one awaits an answer,
 * hands them over together and so costs one exchange per statement. COPY FROM STDIN is not supported.
 */
export class EngineSocket extends Duplex {
  readonly #exchange: Exchange
  #waiting = Buffer.alloc(0)
  #started = false

  constructor(exchange: Exchange) {
    super()
    this.#exchange = exchange
  }

  connect(): this {
    process.nextTick(() => this.emit('connect'))
    return this
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#send([chunk]).then(() => done(), done)
  }

  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this.#send(chunks.map((each) => each.chunk)).then(() => done(), done)
  }

  override _final(done: () => void): void {
    this.push(null)
    done()
  }

  async #send(chunks: Buffer[]): Promise<void> {
    this.#waiting = Buffer.concat([this.#waiting, ...chunks])
    const messages = this.#takeMessages()
    if (messages.length === 0) return
    // An engine in this thread answers at once, `pg` then writes its next statement at once, and the stream
    // would forget that one: it empties its buffer only after `_writev` has returned.
    await Promise.resolve()
    await this.#exchange(messages, (bytes) => this.push(bytes)).catch((error: unknown) => {
      if (error instanceof ConnectionLost) this.push(errorMessage(error))
      throw error
    })
  }

  /** Everything up to the last message that awaits an answer; only the start-up message has no type byte. */
  #takeMessages(): Buffer {
    let at = 0
    let end = 0
    while (at + 5 <= this.#waiting.length) {
      const length = this.#started ? this.#waiting.readUInt32BE(at + 1) + 1 : this.#waiting.readUInt32BE(at)
      if (at + length > this.#waiting.length) break
      const type = this.#waiting[at]!
      if (this.#started && type === terminate) {
        this.#waiting = Buffer.alloc(0)
        return this.#waiting
      }
      at += length
      if (!this.#started || typesThatAwaitAnAnswer.has(type)) end = at
      this.#started = true
    }
    const messages = this.#waiting.subarray(0, end)
    this.#waiting = this.#waiting.subarray(end)
    return messages
  }

  /** What `pg` calls on a TCP socket and has no meaning here. */
  setNoDelay(): this {
    return this
  }
  setKeepAlive(): this {
    return this
  }
  ref(): this {
    return this
  }
  unref(): this {
    return this
  }
}

/** The protocol's error message: 'E', length, fields of a letter and a text each, zero. It rejects the running query. */
function errorMessage({ code, message }: ConnectionLost): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${message}\0\0`)
  const head = Buffer.from('E\0\0\0\0')
  head.writeUInt32BE(fields.length + 4, 1)
  return Buffer.concat([head, fields])
}

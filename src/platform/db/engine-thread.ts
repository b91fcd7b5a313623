/**
 * The thread of an embedded engine: a query there stalls no request here, and ending the thread ends the query.
 * Started by `engine.ts`; for the bundler an entry point of its own.
 */
import process from 'node:process'
import { parentPort, workerData } from 'node:worker_threads'
import type { PGlite } from '@electric-sql/pglite'
import type { EngineOptions, FromEngine, ToEngine } from './engine.ts'
import { openInMemory, openOnDisk } from './pglite.ts'

/** Answers go over in pieces of about this many bytes, so that a large one does not pile up here. */
const pieceSize = 256 * 1024

const port = parentPort!
const options = workerData as EngineOptions
const lite = await ('folder' in options ? openOnDisk(options.folder) : openInMemory(options.files))
endOnFault(lite)
port.on('message', (message: ToEngine) => void handle(message))
tell({ kind: 'ready' })

async function handle(message: ToEngine): Promise<void> {
  if (message.kind === 'close') {
    await lite.close()
    tell({ kind: 'closed' })
    return
  }
  if (message.kind === 'begin') await startSession()
  await answer(message.bytes)
}

/** A new connection finds the engine's only session as fresh as a server's. */
async function startSession(): Promise<void> {
  for (const sql of ['rollback', 'discard all']) {
    await lite.execProtocolRawStream(queryMessage(sql), { syncToFs: false, onRawData: () => {} })
  }
}

async function answer(messages: Uint8Array): Promise<void> {
  let pieces: Uint8Array[] = []
  let size = 0
  const send = (last: boolean) => {
    const bytes = new Uint8Array(Buffer.concat(pieces, size))
    pieces = []
    size = 0
    port.postMessage({ kind: 'answer', bytes, last } satisfies FromEngine, [bytes.buffer])
  }
  const onRawData = (bytes: Uint8Array) => {
    pieces.push(bytes.slice())
    size += bytes.length
    if (size > pieceSize) send(false)
  }
  await lite.execProtocolRawStream(messages, { syncToFs: false, onRawData })
  send(true)
}

/** PGlite goes on after a crash inside the engine as if it were an SQL error (its exit status 100): we do not. */
function endOnFault(engine: PGlite): void {
  const sqlError = 100
  const module = engine.Module as { _PostgresMainLoopOnce(): void }
  const loopOnce = module._PostgresMainLoopOnce
  module._PostgresMainLoopOnce = () => {
    try {
      loopOnce()
    } catch (error) {
      if ((error as { status?: number }).status === sqlError) throw error
      tell({ kind: 'fault', message: String(error) })
      process.exit(70)
    }
  }
}

function tell(message: FromEngine): void {
  port.postMessage(message)
}

/** The protocol's simple query: 'Q', length, text, zero. */
function queryMessage(sql: string): Uint8Array {
  const message = Buffer.alloc(sql.length + 6)
  message.write('Q', 0)
  message.writeUInt32BE(sql.length + 5, 1)
  message.write(sql, 5)
  return message
}

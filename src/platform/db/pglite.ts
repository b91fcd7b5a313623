import { PGlite } from '@electric-sql/pglite'
import { btree_gin } from '@electric-sql/pglite/contrib/btree_gin'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import type { Exchange } from './wire.ts'

/** The extensions that migrations may create; PGlite wants them on every open. */
export const extensions = { pg_trgm, btree_gin }

/** Session settings as on a server; without the last one a recovery leaves a timer that keeps the process alive. */
const settings = ['timezone=UTC', 'client_min_messages=warning', 'log_startup_progress_interval=0']

const startParams = [...PGlite.defaultStartParams, ...settings.flatMap((each) => ['-c', each])]

/** An engine in this thread and in memory, for tests and tools: nothing of it reaches the disk. */
export function createInMemory(files?: Blob): Promise<PGlite> {
  return PGlite.create({ extensions, startParams, ...(files ? { loadDataDir: files } : {}) })
}

/** Hands protocol messages to a PGlite in this thread; a new session starts as fresh as on a server. */
export function exchangeWith(lite: PGlite): Exchange {
  return async (messages, onAnswer) => {
    const isStart = messages[0] === 0
    if (isStart) for (const sql of ['rollback', 'discard all']) await run(lite, queryMessage(sql), () => {})
    await run(lite, messages, onAnswer)
  }
}

function run(lite: PGlite, messages: Uint8Array, onAnswer: (bytes: Uint8Array) => void): Promise<void> {
  return lite.execProtocolRawStream(messages, { syncToFs: false, onRawData: (bytes) => onAnswer(bytes.slice()) })
}

/** The protocol's simple query: 'Q', length, text, zero. */
function queryMessage(sql: string): Uint8Array {
  const message = Buffer.alloc(sql.length + 6)
  message.write('Q', 0)
  message.writeUInt32BE(sql.length + 5, 1)
  message.write(sql, 5)
  return message
}

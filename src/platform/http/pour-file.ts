import type { FileHandle } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'

/**
 * Bytes read at a time: few at first and for slow readers, whose connections the system buffers for, so that hundreds
 * of them stay cheap; many once a reader has taken more than those buffers hold.
 */
const pieces = { small: 64 * 1024, large: 1024 * 1024, largeAfter: 16 * 1024 * 1024 }

/**
 * Sends the bytes `start` to `end` (both included) of an open file as the rest of an answer whose head was written, and
 * closes both. One piece is read while the one before is sent, and both buffers are used again: half the work of a
 * web stream, which needs a new one for each piece.
 * @returns how many bytes the connection took; fewer than asked for when the other side hung up or the file is short.
 */
export async function pourFile(
  answer: ServerResponse,
  file: FileHandle,
  { start, end }: { start: number; end: number },
): Promise<number> {
  let buffers = pairOf(pieces.small)
  let at = start
  let sent = 0
  let sending: Promise<number> = Promise.resolve(0)
  try {
    for (let turn = 0; at <= end && !answer.destroyed; turn ^= 1) {
      if (buffers[0].byteLength === pieces.small && at - start > pieces.largeAfter) buffers = pairOf(pieces.large)
      const buffer = buffers[turn === 0 ? 0 : 1]
      const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.byteLength, end + 1 - at), at)
      if (bytesRead === 0) break
      at += bytesRead
      sent += await sending
      sending = send(answer, buffer.subarray(0, bytesRead))
    }
    sent += await sending
  } finally {
    await file.close()
    // An answer that is shorter than its head said must not look whole.
    if (sent === end + 1 - start) answer.end()
    else answer.destroy()
  }
  return sent
}

const pairOf = (size: number): [Buffer, Buffer] => [Buffer.allocUnsafeSlow(size), Buffer.allocUnsafeSlow(size)]

/** @returns how many bytes went out: all, or none when the connection is gone. */
function send(answer: ServerResponse, bytes: Uint8Array): Promise<number> {
  return new Promise((resolve) => {
    const gone = () => resolve(0)
    answer.once('close', gone)
    answer.write(bytes, (error) => {
      answer.off('close', gone)
      resolve(error ? 0 : bytes.byteLength)
    })
  })
}

import type { IncomingMessage } from 'node:http'
import { AppError } from '../errors.ts'

const second = 1000
/** How long a form may take to arrive. */
const formPatience = 60 * second
/** An upload that brings less than a kilobyte a second for this long is cut off. */
const uploadPatience = 30 * second
const leastBytes = uploadPatience
/** Bytes of all forms that are still arriving. */
const mostHeld = 64 * 1024 * 1024

let held = 0

/**
 * Waits until all of a form is here; the server's adapter then hands it out as if it had just arrived.
 * @throws AppError `too_large` beyond `most` bytes, `malformed` when it does not arrive whole and in time,
 *   `unavailable` when the forms that arrive now are too large together.
 */
export function receiveForm(incoming: IncomingMessage & { rawBody?: Buffer }, most: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = []
    let size = 0
    const stop = (error?: AppError) => {
      clearTimeout(late)
      held -= size
      incoming.off('data', take).off('end', finish).off('error', cutOff).off('close', cutOff)
      if (error) return reject(error)
      incoming.rawBody = Buffer.concat(pieces, size)
      resolve()
    }
    const take = (piece: Buffer) => {
      pieces.push(piece)
      size += piece.length
      held += piece.length
      if (size > most) stop(new AppError('too_large', `body over ${most} bytes`))
      else if (held > mostHeld) stop(new AppError('unavailable', 'too much arrives at once', { retry_after: 1 }))
    }
    const finish = () => stop()
    const cutOff = () => stop(new AppError('malformed', 'the form did not arrive whole'))
    const late = setTimeout(() => stop(new AppError('malformed', 'the form did not arrive in time')), formPatience)
    incoming.on('data', take).on('end', finish).on('error', cutOff).on('close', cutOff)
  })
}

/** Runs `work`, which reads the body, and cuts the sender off when too little of that arrives. */
export async function watchUpload<T>(incoming: IncomingMessage, work: () => Promise<T>): Promise<T> {
  const { socket } = incoming
  let before = socket.bytesRead
  const timer = setInterval(() => {
    const arrived = socket.bytesRead - before
    before = socket.bytesRead
    // What was not read yet is not the sender's fault.
    const isWaitedFor = !incoming.complete && incoming.readableLength === 0
    if (isWaitedFor && arrived < leastBytes) socket.destroy()
  }, uploadPatience)
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}

/** Load on a server that costs little itself: its work must not hide the server's on a machine of few cores. */
import { connect } from 'node:net'

/** The bytes of a POST of JSON over a kept connection. */
export function postOf(path: string, body: object): Buffer {
  const text = JSON.stringify(body)
  const head = ['content-type: application/json', `content-length: ${Buffer.byteLength(text)}`, 'host: localhost']
  return Buffer.from(`POST ${path} HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n${text}`)
}

/**
 * Sends each of the requests once, over so many connections, one after another on each.
 * @param isRight what every answer of status 200 must say
 * @returns answers a second
 * @throws Error for an answer of another status, or one that is not right
 */
export async function answersPerSecond(
  port: number,
  requests: readonly Buffer[],
  connections: number,
  isRight: (body: string) => boolean,
): Promise<number> {
  let next = 0
  const began = performance.now()
  const work = () => askInTurn(port, () => requests[next++], isRight)
  await Promise.all(Array.from({ length: connections }, work))
  return (requests.length * 1000) / (performance.now() - began)
}

function askInTurn(port: number, take: () => Buffer | undefined, isRight: (body: string) => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    let got = ''
    const ask = () => {
      const request = take()
      if (request) socket.write(request)
      else socket.end(resolve)
    }
    socket.setEncoding('latin1').once('error', reject).once('connect', ask)
    socket.on('data', (part: string) => {
      got += part
      const length = lengthOf(got)
      if (length === undefined || got.length < length) return
      const wrong = !got.startsWith('HTTP/1.1 200 ') || !isRight(got)
      if (wrong) return void socket.destroy(new Error(`answered ${got}`))
      got = ''
      ask()
    })
  })
}

/** Bytes of the whole answer, once its head is there. */
function lengthOf(got: string): number | undefined {
  const end = got.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const [, length] = /\r\ncontent-length: *(\d+)/i.exec(got) ?? []
  if (length === undefined) throw new Error(`no length: ${got.slice(0, end)}`)
  return end + 4 + Number(length)
}

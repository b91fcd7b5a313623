/**
 * CSV for spreadsheets as a body: UTF-8 with byte order mark, made no faster than it is read. Each part holds whole
 * lines, as many as suit its maker.
 */
export function csvStream(parts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let mark = '\u{feff}'
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await parts.next()
      if (done) return controller.close()
      controller.enqueue(encoder.encode(mark + value))
      mark = ''
    },
    cancel: async () => void (await parts.return(undefined)),
  })
}

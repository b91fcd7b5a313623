/** A real SMTP server on this machine, for tests of delivery: it keeps what it takes, and fails on demand. */
import type { AddressInfo } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerOptions } from 'smtp-server'

export type MailServer = {
  url: string
  port: number
  /** Mails taken, in order; also those whose taking the client never learned of. */
  taken: (Email & { rcpt: string })[]
  close(): Promise<void>
}

export type Behaviour = {
  port?: number
  /** Answers RCPT TO; throw an error with `responseCode` to refuse. */
  recipient?(address: string): void | Promise<void>
  /** After the mail was taken, before that is told. Return false to drop the connection instead. */
  beforeAnswer?(email: Email): boolean | Promise<boolean>
  options?: SMTPServerOptions
}

export async function startMailServer(behaviour: Behaviour = {}): Promise<MailServer> {
  const taken: MailServer['taken'] = []
  const sockets = new Set<{ destroy(): void }>()
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onRcptTo: (address, _session, done) => {
      Promise.resolve(address.address)
        .then((to) => behaviour.recipient?.(to))
        .then(() => done(), done)
    },
    onData: (stream: SMTPServerDataStream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', async () => {
        const email = await PostalMime.parse(Buffer.concat(chunks))
        taken.push({ ...email, rcpt: session.envelope.rcptTo.map(({ address }) => address).join(', ') })
        const answers = (await behaviour.beforeAnswer?.(email)) ?? true
        if (answers) done()
        else for (const socket of sockets) socket.destroy()
      })
    },
    ...behaviour.options,
  })
  server.server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  server.on('error', () => {})
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(behaviour.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    taken,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve)
        for (const socket of sockets) socket.destroy()
      }),
  }
}

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { test } from 'node:test'
import { openTransport } from './transport.ts'

const mail = {
  id: 'a',
  message_id: '<a@vendor.example>',
  to_address: 'ana@customer.example',
  to_name: null,
  locale: 'en',
  subject: 'one',
  text: 'one',
  html: '<p>one</p>',
  unsubscribe_url: null,
  attempts: 1,
  created_at: new Date(),
}

test('a server that always says something and never an answer fails after the time of one mail', async (t) => {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.write('220 busy.example\r\n')
    const talking = setInterval(() => socket.write('250-wait\r\n'), 20)
    socket.once('close', () => clearInterval(talking))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const smtp_url = `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`
  const transport = openTransport({ smtp_url, mail_from: 'keys@vendor.example' }, 1, 300)
  t.after(() => server.close())
  t.after(() => transport.close())
  const failure = await transport.send(mail)
  assert.deepEqual(failure, {
    kind: 'server',
    reason: 'The mail server did not take the mail within 0.3 seconds',
  })
})

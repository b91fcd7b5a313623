import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshDatabase } from '../../../test/database.ts'
import { testServices } from '../../../test/services.ts'
import { enqueueMails } from './index.ts'
import { purgeMails } from './purge-mails.ts'

test('mails sent or refused a month ago are forgotten; what waits is not, however old', async (t) => {
  const services = testServices(await freshDatabase(t))
  const { db } = services
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000)
  const write = async (subject: string, made: Date, end: { sent_at?: Date; parked_at?: Date } = {}) => {
    const content = { subject, heading: subject, paragraphs: ['…'] }
    const mail = { template: 'test', to: { email: 'ann@acme.example' }, locale: 'en', content } as const
    await db.transaction().execute((trx) => enqueueMails(trx, made, [mail]))
    await db
      .updateTable('mails')
      .set({ attempts: 1, ...end })
      .where('subject', '=', subject)
      .execute()
  }
  await write('sent long ago', day(40), { sent_at: day(40) })
  await write('refused long ago', day(40), { parked_at: day(39) })
  await write('made long ago, sent lately', day(40), { sent_at: day(3) })
  await write('waits', day(400))
  await write('sent', day(1), { sent_at: day(1) })
  const context = { services, signal: new AbortController().signal, attempt: 1 }
  await purgeMails.run(context, {})
  const left = await db.selectFrom('mails').select('subject').orderBy('subject').execute()
  assert.deepEqual(
    left.map(({ subject }) => subject),
    ['made long ago, sent lately', 'sent', 'waits'],
  )
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commandIo } from '../../../test/command-io.ts'
import { freshDatabase } from '../../../test/database.ts'
import { startMailServer } from '../../../test/mail-server.ts'
import { testServices } from '../../../test/services.ts'
import { runDueJobs } from '../jobs/index.ts'
import { enqueueMails, mailCommand, mailJobs } from './index.ts'

test('mail list shows what was refused for good; mail retry sends it again', async (t) => {
  let refuses = true
  const smtp = await startMailServer({
    recipient: () => {
      if (refuses) throw Object.assign(new Error('mailbox moved'), { responseCode: 551 })
    },
  })
  t.after(() => smtp.close())
  const services = testServices(await freshDatabase(t), { SMTP_URL: smtp.url })
  const content = { subject: 'Hello', heading: 'Hello', paragraphs: [] }
  await services.db
    .transaction()
    .execute((trx) =>
      enqueueMails(trx, new Date(), [{ template: 'test', to: { email: 'a@b.example' }, locale: 'en', content }]),
    )
  await runDueJobs(services, mailJobs)
  const run = async (...argv: string[]) => {
    const io = commandIo('/')
    const exit = await mailCommand(services, argv, io)
    return { exit, ...io.written() }
  }

  assert.match((await run('list')).stdout, /^waiting 0, parked 1\n[\s\S]*to a@b\.example\n.*mailbox moved/)
  const [mail] = JSON.parse((await run('list', '--json')).stdout).mails
  refuses = false
  assert.equal((await run('retry', mail.id)).exit, 0)
  await runDueJobs(services, mailJobs)
  assert.equal(smtp.taken.length, 1)
  assert.equal((await run('list')).stdout, 'waiting 0, parked 0\n')

  assert.equal((await run('retry', mail.id)).exit, 1)
  for (const argv of [[], ['retry'], ['list', 'x']]) assert.equal((await run(...argv)).exit, 2)
})

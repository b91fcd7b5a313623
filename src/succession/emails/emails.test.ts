import { test } from 'node:test'
import { locales, textsFor } from '../../platform/i18n.ts'
import { recoveryMail } from './recovery-mail.ts'

const news = ['asked', 'reminded', 'stopped', 'withdrawn', 'completed'] as const

for (const locale of locales) {
  test(`e-mails about recovery, ${locale}`, (t) => {
    const who = { who: 'Ann Müller', who_email: 'ann@acme.example', organization: 'Acme Inc.' }
    const about = {
      ...who,
      name: 'Bo Øst',
      due: '3 March 2027, 10:00',
      vendor_name: 'Keyport',
      url: 'https://x.example/x',
    }
    for (const kind of news) t.assert.snapshot(recoveryMail(kind, { t: textsFor(locale), ...about }))
  })
}

import { test } from 'node:test'
import { locales, textsFor } from '../../platform/i18n.ts'
import { transferMail } from './transfer-mail.ts'

const news = ['offered', 'accepted', 'declined', 'withdrawn', 'undone'] as const

for (const locale of locales) {
  test(`e-mails about transfers of ownership, ${locale}`, (t) => {
    const sides = { by: 'Ann Müller', from: 'Acme Inc.', to: 'Beta S.A.', vendor_name: 'Keyport' }
    const about = { ...sides, name: 'Bo Øst', until: '3 March 2027, 10:00', url: 'https://licensing.example.com/x' }
    for (const kind of news) {
      const one = kind === 'offered'
      const what = { licenses: one ? 1 : 3, serial: one ? 'M0123456789' : null }
      t.assert.snapshot(transferMail(kind, { t: textsFor(locale), ...about, ...what }))
    }
  })
}

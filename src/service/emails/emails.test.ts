import { test } from 'node:test'
import { locales, textsFor } from '../../platform/i18n.ts'
import { ownerMail } from './owner-mails.ts'

for (const locale of locales) {
  test(`e-mails about licenses that changed hands, ${locale}`, (t) => {
    const props = { t: textsFor(locale), name: 'Zoé', organization: 'Acme <b>', vendor_name: 'Keyport' }
    const url = 'https://licensing.example/licenses'
    t.assert.snapshot({
      given: ownerMail('given', { ...props, count: 1, url }),
      received: ownerMail('received', { ...props, count: 12, url }),
    })
  })
}

import { test } from 'node:test'
import { locales, textsFor } from '../../platform/i18n.ts'
import { keysMail, newsMail } from './delegation-mails.ts'

for (const locale of locales) {
  test(`e-mails about delegation, ${locale}`, (t) => {
    const url = 'https://licensing.example.com/x'
    const about = { t: textsFor(locale), name: 'Bo Øst', url }
    const sides = { by: 'Ann Müller (ann@acme.example)', organization: 'Acme Inc.', vendor_name: 'Keyport' }
    const news = { ...about, ...sides, level: 'full' as const, message: '', invited: false }
    const keys = { ...about, by: 'Ann Müller', partner: 'Part & Co', customer: 'Acme Inc.' }
    t.assert.snapshot({
      granted: newsMail('granted', news),
      asked: newsMail('asked', { ...news, invited: true, message: 'We sold you Backup Server.' }),
      ended: newsMail('ended', news),
      keys: keysMail({ ...keys, lines: [['M0123456789 – Backup Server 1.0', 'AAAAA-BBBBB (host-1)']], shown: true }),
      keys_in_portal: keysMail({ ...keys, lines: [['M0123456789 – Backup Server 1.0', '–']], shown: false }),
    })
  })
}

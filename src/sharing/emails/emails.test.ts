import { test } from 'node:test'
import { locales, textsFor } from '../../platform/i18n.ts'
import { shareMail } from './share-mail.ts'

for (const locale of locales) {
  test(`e-mails about shared licenses, ${locale}`, (t) => {
    const url = 'https://licensing.example.com/x'
    const about = {
      t: textsFor(locale),
      name: 'Bo Øst',
      by: 'Ann Müller (ann@acme.example)',
      organization: 'Acme Inc.',
    }
    const share = { ...about, vendor_name: 'Keyport', level: 'full' as const, until: '3 March 2027', url }
    t.assert.snapshot({
      shared: shareMail({ ...share, fields_url: `${url}/fields` }),
      invited: shareMail({ ...share, level: 'view', until: undefined, fields_url: undefined }),
    })
  })
}

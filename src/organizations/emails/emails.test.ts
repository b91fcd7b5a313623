import { test } from 'node:test'
import { locales, textsFor } from '../../platform/i18n.ts'
import {
  accessAnsweredMail,
  accessRequestedMail,
  invitationMail,
  joinedMail,
  removedMail,
  roleChangedMail,
} from './people-mails.ts'

for (const locale of locales) {
  test(`e-mails about organizations, ${locale}`, (t) => {
    const texts = { t: textsFor(locale), name: 'Ann Müller', vendor_name: 'Keyport' }
    const about = { ...texts, organization: 'Acme Inc.', who: 'Bo Øst', url: 'https://licensing.example.com/x' }
    const inviter = 'Bo Øst (bo@acme.example)'
    t.assert.snapshot({
      invitation: invitationMail({ ...about, inviter, role: 'manager', until: '3 March 2027' }),
      joined: joinedMail({ ...about, role: 'viewer' }),
      role: roleChangedMail({ ...about, role: 'administrator' }),
      removed: removedMail(about),
      requested: accessRequestedMail({ ...about, email: 'bo@acme.example', message: 'I am in your team.' }),
      granted: accessAnsweredMail({ ...about, role: 'downloader' }),
      refused: accessAnsweredMail({ ...about, role: null }),
    })
  })
}

import { test } from 'node:test'
import { formatFor, locales, textsFor } from '../../platform/i18n.ts'
import { renderMail } from '../../platform/mail/index.ts'
import { releaseMail } from './release-mail.ts'

for (const locale of locales) {
  test(`the mail about a new release, ${locale}`, (t) => {
    const content = releaseMail({
      t: textsFor(locale),
      format: formatFor(locale, 'Europe/Paris'),
      name: 'Zoé Lefèvre',
      product: 'Atlas <Pro>',
      version: '9.2',
      released_on: '2026-11-28',
      url: 'https://licensing.example/get-software/ATLAS-PRO/9.2',
      preferences_url: 'https://licensing.example/account/notifications',
      unsubscribe_url: 'https://licensing.example/notifications/unsubscribe?token=x',
    })
    t.assert.snapshot({ content, text: renderMail(content, locale).text })
  })
}

import { test } from 'node:test'
import { formatFor, locales, textsFor } from '../../platform/i18n.ts'
import { endingMail } from './ending-mail.ts'
import { registrationsMail } from './registrations-mail.ts'

for (const locale of locales) {
  test(`e-mails about what ends, ${locale}`, (t) => {
    const url = (path: string) => `https://licensing.example.com${path}`
    const about = { locale, organization: 'Acme Inc.', name: 'Ann Müller', today: '2026-12-01' }
    const line = { day: '2026-12-31', product: 'Backup Server', serial: 'KP-0001' }
    const end = { lines: [{ ...line, what: 'end' as const, count: 1 }], total: 1 }
    const maintenance = { lines: [{ ...line, what: 'maintenance' as const, count: 12 }], total: 40 }
    const unsubscribe_url = url('/notifications/unsubscribe?token=x')
    const links = { url: url('/licenses'), preferences_url: url('/account/notifications'), unsubscribe_url }
    const registration = { who: 'Bo Øst', at: new Date('2026-11-30T15:00:00Z'), count: 2, company: 'Acme' }
    const speaking = { t: textsFor(locale), format: formatFor(locale, 'UTC') }
    t.assert.snapshot({
      registrations: registrationsMail({ ...about, ...links, ...speaking, registrations: [registration] }),
      both: endingMail({ ...about, ...links, end, maintenance }),
      maintenance: endingMail({ ...about, ...links, end: undefined, maintenance }),
      contact: endingMail({ ...about, unsubscribe_url, end, maintenance: undefined }),
    })
  })
}

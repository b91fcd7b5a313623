import assert from 'node:assert/strict'
import { test } from 'node:test'
import { locales } from '../../platform/i18n.ts'
import { renderMail } from '../../platform/mail/index.ts'
import { type MailLine, upgradeMail } from './upgrade-mail.ts'

const id = 'K7QM-2XWB-9F4D-HTR6-3VNC'
const about = {
  vendor: 'Keyport',
  name: 'Ann Müller',
  customer: { number: 'C100200', name: 'Acme Inc.' },
  notification: id,
  needs_maintenance: true,
  overlap_days: 30,
  until: '2027-03-31',
  url: `https://licensing.example.com/version-upgrade?id=${id}`,
  unsubscribe_url: 'https://licensing.example.com/notifications/unsubscribe?token=x',
}
const one: MailLine[] = [{ from: 'Atlas Pro 8.2', to: 'Atlas Pro 9.1', licenses: 1, quantity: 25 }]
const two: MailLine[] = [
  ...one,
  { from: 'Citadel Backup 12.0', to: 'Citadel Backup 12.1', licenses: 1200, quantity: 4800 },
]

for (const locale of locales) {
  test(`e-mails about upgrades, ${locale}`, (t) => {
    const speaking = { ...about, locale }
    t.assert.snapshot({
      administrator: upgradeMail({ ...speaking, recipient: 'administrator', lines: one, lapsed: 0 }),
      technical_contact: upgradeMail({ ...speaking, recipient: 'technical_contact', lines: two, lapsed: 3 }),
      order_contact: upgradeMail({ ...speaking, recipient: 'order_contact', lines: two, lapsed: 1, overlap_days: 1 }),
      other: upgradeMail({
        ...{ ...speaking, recipient: 'other', lapsed: 0, overlap_days: 0, needs_maintenance: false },
        lines: two.map(({ from, to }) => ({ from, to })),
      }),
    })
  })
}

test('a mail lists the first fifteen versions and says how many more there are', () => {
  const lines = Array.from({ length: 40 }, (_, n) => ({ from: `P ${n}`, to: `P ${n + 1}`, licenses: 1, quantity: 1 }))
  const { details } = upgradeMail({ ...about, locale: 'en', recipient: 'administrator', lines, lapsed: 0 })
  assert.equal(details!.length, 3 + 15 + 1)
  assert.deepEqual(details!.at(-1), ['And', '25 more versions, shown on the page'])
})

test('what stands in a customer or a product stays text, in one mail to one reader', () => {
  const evil = '<script>alert(1)</script>\r\nBcc: all@acme.example \u202egnp'
  const lines = [{ from: evil, to: evil, licenses: 1, quantity: 1 }]
  const named = { ...about, name: evil, vendor: evil, customer: { number: evil, name: evil }, lines }
  const { subject, html } = renderMail(upgradeMail({ ...named, locale: 'en', recipient: 'other', lapsed: 2 }), 'en')
  assert.doesNotMatch(html, /<script|\u202e/)
  assert.doesNotMatch(subject, /[\r\n\u202e]/)
})

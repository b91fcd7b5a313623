import { test } from 'node:test'
import { formatFor, locales, textsFor } from '../../platform/i18n.ts'
import { assignedMail, messageMail, requestMail } from './request-mails.ts'

const request = {
  number: 'SR-7K2M-9XQF',
  kind: 'address',
  serial: 'M0123456789',
  product: 'Backup Server 4.1',
  organization_name: 'Acme',
  opener_name: 'Ann Müller',
  due_at: new Date('2026-11-24T09:30:00Z'),
} as const
/** Of somebody who works for no organization and closed the account. */
const personal = {
  ...request,
  kind: 'recovery',
  serial: null,
  product: null,
  organization_name: null,
  reason: null,
} as const
const url = 'https://licensing.example/requests/SR-7K2M-9XQF'

for (const locale of locales) {
  test(`e-mails about service requests, ${locale}`, (t) => {
    const texts = {
      t: textsFor(locale),
      format: formatFor(locale, 'Europe/Paris'),
      name: 'Zoé',
      vendor_name: 'Keyport',
    }
    const props = { ...texts, url, request: { ...request, reason: null } }
    const answered = { ...props, request: { ...request, reason: 'Line one\n<b>two</b>' } }
    t.assert.snapshot({
      received: requestMail('received', props),
      taken: requestMail('taken', props),
      accepted: requestMail('accepted', props),
      answered: requestMail('accepted', { ...props, request: { ...request, kind: 'other', reason: 'So.' } }),
      processed: requestMail('accepted', { ...props, request: { ...request, kind: 'contract_change', reason: null } }),
      message: messageMail({ ...props, from: 'Keyport', body: 'Line one\n<b>two</b>', files: 2 }),
      assigned: assignedMail({ ...props, from: 'Robin' }),
      personal: requestMail('received', { ...props, request: { ...personal, opener_name: null } }),
      refused: requestMail('refused', answered),
      withdrawn: requestMail('withdrawn', {
        ...props,
        request: { ...request, serial: null, product: null, reason: null },
      }),
    })
  })
}

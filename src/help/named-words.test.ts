import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fieldTypes } from '../fields/rules.ts'
import { licenseOptions } from '../licenses/option-rules.ts'
import { statuses } from '../licenses/rules.ts'
import { roles } from '../platform/actor.ts'
import { locales, type MessageKey, textsFor } from '../platform/i18n.ts'
import { projectRoot } from '../platform/root.ts'
import { topics } from '../reminders/rules.ts'
import { requestStates } from '../requests/rules.ts'
import type { HelpTopic } from '../urls.ts'

/** What each help page names. */
const named: Partial<Record<HelpTopic, MessageKey[]>> = {
  'create-account': ['accounts.sign_in.create'],
  'user-agreement': ['accounts.agreement.accept', 'accounts.agreement.decline', 'ui.agreement_read'],
  'sign-in': [
    'accounts.sign_in.forgot',
    'accounts.sign_in.remember',
    'accounts.show.title',
    'accounts.sessions.title',
    'security.title',
    'security.app.title',
    'security.backup.title',
    'security.passkeys.title',
    'security.passkeys.sign_in',
  ],
  security: [
    'ui.tab.my_account',
    'ui.tab.edit_account',
    'security.title',
    'security.app.set_up',
    'security.app.setup.submit',
    'security.backup.title',
    'security.backup.new',
    'security.code.use_backup',
    'security.passkeys.add',
    'security.passkeys.sign_in',
    'security.passkeys.manage',
    'security.sessions.open',
    'security.email.submit',
    'security.email.cancel',
    'security.data.submit',
    'security.close.title',
  ],
  home: [
    'registration.purchases.title',
    'registration.purchases.start',
    'home.drafts.title',
    'home.drafts.resume',
    'home.chart.by_status',
    'home.chart.by_product',
    'home.chart.by_end',
    'ui.show_as_table',
  ],
  'serial-numbers': [
    'registration.serials.add',
    'registration.next',
    'registration.outcome.alone.separate',
    'registration.purchases.start',
  ],
  refusals: ['registration.outcome.registered_by_you.open', 'registration.outcome.revoked'],
  registration: ['registration.licenses.change'],
  verification: ['ui.edit', 'registration.next', 'registration.verify.complete'],
  confirmation: ['registration.email.title'],
  'license-catalog': [
    'ui.nav.licenses',
    'licenses.keys.title',
    'licenses.lineage.title',
    'licenses.comments.title',
    'licenses.history.title',
    'catalog.more_filters',
    'catalog.columns',
    'catalog.searches.save',
    'catalog.searches.manage',
    'catalog.add',
    'catalog.bulk.selected',
    'catalog.bulk.all_found',
    'export.menu',
  ],
  statuses: [...statuses.map((status) => `licenses.status.${status}` as const), 'licenses.keys.state.temporary'],
  'license-options': licenseOptions.map((option) => `licenses.option.${option}` as const),
  'moving-licenses': [
    'licenses.options.title',
    'licenses.option.rehost',
    'licenses.option.deploy',
    'licenses.option.split',
    'licenses.option.return',
    'licenses.option.reissue',
    'deployments.rehost.submit',
    'deployments.rehost.submit_over',
  ],
  addresses: [
    'licenses.option.address',
    'licenses.address.search',
    'licenses.address.show',
    'licenses.address.select',
    'licenses.address.move',
    'licenses.address.request',
    'licenses.address.submit',
  ],
  fields: [
    'ui.tab.my_account',
    'ui.tab.fields',
    'fields.add.submit',
    ...fieldTypes.map((type) => `fields.type.${type}` as const),
    'fields.flag.required',
    'fields.flag.in_catalog',
    'fields.flag.searchable',
    'licenses.option.fields',
    'catalog.more_filters',
    'fields.deleted.title',
  ],
  history: [
    'licenses.option.comment',
    'licenses.comments.remove',
    'licenses.option.contacts',
    'licenses.history.title',
  ],
  'bulk-actions': [
    'catalog.bulk.selected',
    'catalog.bulk.all_found',
    'catalog.bulk.list',
    'bulk.title',
    'bulk.start.title',
    'bulk.fields.title',
    'bulk.tags.title',
    'bulk.contacts.title',
    'bulk.address.title',
    'bulk.rehost.title',
    'bulk.reissue.title',
    'bulk.check',
    'bulk.cancel',
    'bulk.report.csv',
  ],
  'service-requests': [
    'ui.nav.service',
    'requests.list.title',
    ...requestStates.map((state) => `requests.state.${state}` as const),
    'requests.withdraw.submit',
  ],
  'customer-numbers': [
    'ui.tab.my_account',
    'ui.tab.customer_numbers',
    'customers.associate.submit',
    'customers.claim.submit',
    'customers.remove.open',
  ],
  roles: roles.map((role) => `organizations.role.${role}` as const),
  members: [
    'ui.tab.my_account',
    'ui.tab.members',
    'organizations.invite.title',
    'organizations.invite.submit',
    'organizations.resend',
    'organizations.withdraw',
    'organizations.join.another',
    'organizations.ask.submit',
    'organizations.requests.title',
    'organizations.requests.grant',
    'organizations.requests.refuse',
    'organizations.leave.link',
    'organizations.settings.change',
    'organizations.history',
  ],
  'get-software': [
    'downloads.title',
    'downloads.terms.accept',
    'downloads.links_file',
    'downloads.notify.start',
    'downloads.history.link',
    'downloads.all_links',
  ],
  notifications: [
    'ui.tab.my_account',
    'ui.tab.notifications',
    ...topics.map((topic) => `reminders.topic.${topic}` as const),
    'reminders.calendar.make',
    'reminders.calendar.replace',
    'reminders.calendar.revoke',
  ],
  'license-file-doctor': ['doctor.title', 'doctor.check', 'doctor.repaired.save', 'licenses.keys.doctor'],
}

test('help pages call buttons and boxes what the pages call them', () => {
  for (const locale of locales) {
    const t = textsFor(locale)
    for (const [topic, keys] of Object.entries(named)) {
      const text = readFileSync(join(projectRoot, 'src/help/topics', locale, `${topic}.md`), 'utf8')
      for (const key of keys) {
        const words = t(key as 'ui.edit')
          .replace(/\.$/, '')
          .replaceAll('\u00a0', ' ')
        assert.ok(text.includes(words), `${locale} ${topic} does not name “${words}” (${key})`)
      }
    }
  }
})

import { accounts } from './en/accounts.ts'
import { audit } from './en/audit.ts'
import { bulk } from './en/bulk.ts'
import { campaigns } from './en/campaigns.ts'
import { catalog } from './en/catalog.ts'
import { customers } from './en/customers.ts'
import { delegation } from './en/delegation.ts'
import { deployments } from './en/deployments.ts'
import { doctor } from './en/doctor.ts'
import { downloads } from './en/downloads.ts'
import { errors } from './en/errors.ts'
import { exports } from './en/export.ts'
import { fields } from './en/fields.ts'
import { form } from './en/form.ts'
import { help } from './en/help.ts'
import { home } from './en/home.ts'
import { keys } from './en/keys.ts'
import { licenses } from './en/licenses.ts'
import { mail } from './en/mail.ts'
import { orders } from './en/orders.ts'
import { organizations } from './en/organizations.ts'
import { partner } from './en/partner.ts'
import { registration } from './en/registration.ts'
import { releases } from './en/releases.ts'
import { reminders } from './en/reminders.ts'
import { requests } from './en/requests.ts'
import { security } from './en/security.ts'
import { service } from './en/service.ts'
import { sharing } from './en/sharing.ts'
import { succession } from './en/succession.ts'
import { transfers } from './en/transfers.ts'
import { ui } from './en/ui.ts'
import { upgrades } from './en/upgrades.ts'

/** The source language. Keys begin with the name of their file. */
export const en = {
  ...accounts,
  ...audit,
  ...bulk,
  ...campaigns,
  ...catalog,
  ...customers,
  ...delegation,
  ...deployments,
  ...doctor,
  ...downloads,
  ...errors,
  ...exports,
  ...fields,
  ...form,
  ...help,
  ...home,
  ...keys,
  ...licenses,
  ...mail,
  ...orders,
  ...organizations,
  ...partner,
  ...registration,
  ...releases,
  ...reminders,
  ...requests,
  ...security,
  ...service,
  ...sharing,
  ...succession,
  ...transfers,
  ...ui,
  ...upgrades,
} as const

import { accounts } from './fr/accounts.ts'
import { audit } from './fr/audit.ts'
import { bulk } from './fr/bulk.ts'
import { campaigns } from './fr/campaigns.ts'
import { catalog } from './fr/catalog.ts'
import { customers } from './fr/customers.ts'
import { delegation } from './fr/delegation.ts'
import { deployments } from './fr/deployments.ts'
import { doctor } from './fr/doctor.ts'
import { downloads } from './fr/downloads.ts'
import { errors } from './fr/errors.ts'
import { exports } from './fr/export.ts'
import { fields } from './fr/fields.ts'
import { form } from './fr/form.ts'
import { help } from './fr/help.ts'
import { home } from './fr/home.ts'
import { keys } from './fr/keys.ts'
import { licenses } from './fr/licenses.ts'
import { mail } from './fr/mail.ts'
import { orders } from './fr/orders.ts'
import { organizations } from './fr/organizations.ts'
import { partner } from './fr/partner.ts'
import { registration } from './fr/registration.ts'
import { releases } from './fr/releases.ts'
import { reminders } from './fr/reminders.ts'
import { requests } from './fr/requests.ts'
import { security } from './fr/security.ts'
import { service } from './fr/service.ts'
import { sharing } from './fr/sharing.ts'
import { succession } from './fr/succession.ts'
import { transfers } from './fr/transfers.ts'
import { ui } from './fr/ui.ts'
import { upgrades } from './fr/upgrades.ts'

/** French. Keys begin with the name of their file. */
export const fr = {
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

import { accounts } from './pt-BR/accounts.ts'
import { audit } from './pt-BR/audit.ts'
import { bulk } from './pt-BR/bulk.ts'
import { campaigns } from './pt-BR/campaigns.ts'
import { catalog } from './pt-BR/catalog.ts'
import { customers } from './pt-BR/customers.ts'
import { delegation } from './pt-BR/delegation.ts'
import { deployments } from './pt-BR/deployments.ts'
import { doctor } from './pt-BR/doctor.ts'
import { downloads } from './pt-BR/downloads.ts'
import { errors } from './pt-BR/errors.ts'
import { exports } from './pt-BR/export.ts'
import { fields } from './pt-BR/fields.ts'
import { form } from './pt-BR/form.ts'
import { help } from './pt-BR/help.ts'
import { home } from './pt-BR/home.ts'
import { keys } from './pt-BR/keys.ts'
import { licenses } from './pt-BR/licenses.ts'
import { mail } from './pt-BR/mail.ts'
import { orders } from './pt-BR/orders.ts'
import { organizations } from './pt-BR/organizations.ts'
import { partner } from './pt-BR/partner.ts'
import { registration } from './pt-BR/registration.ts'
import { releases } from './pt-BR/releases.ts'
import { reminders } from './pt-BR/reminders.ts'
import { requests } from './pt-BR/requests.ts'
import { security } from './pt-BR/security.ts'
import { service } from './pt-BR/service.ts'
import { sharing } from './pt-BR/sharing.ts'
import { succession } from './pt-BR/succession.ts'
import { transfers } from './pt-BR/transfers.ts'
import { ui } from './pt-BR/ui.ts'
import { upgrades } from './pt-BR/upgrades.ts'

/** Brazilian Portuguese. Keys begin with the name of their file. */
export const ptBR = {
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

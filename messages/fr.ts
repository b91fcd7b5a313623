import { accounts } from './fr/accounts.ts'
import { errors } from './fr/errors.ts'
import { form } from './fr/form.ts'
import { help } from './fr/help.ts'
import { home } from './fr/home.ts'
import { keys } from './fr/keys.ts'
import { licenses } from './fr/licenses.ts'
import { mail } from './fr/mail.ts'
import { orders } from './fr/orders.ts'
import { organizations } from './fr/organizations.ts'
import { registration } from './fr/registration.ts'
import { ui } from './fr/ui.ts'

/** French. Keys begin with the name of their file. */
export const fr = {
  ...accounts,
  ...errors,
  ...form,
  ...help,
  ...home,
  ...keys,
  ...licenses,
  ...mail,
  ...orders,
  ...organizations,
  ...registration,
  ...ui,
} as const

import { accounts } from './pt-BR/accounts.ts'
import { errors } from './pt-BR/errors.ts'
import { form } from './pt-BR/form.ts'
import { help } from './pt-BR/help.ts'
import { home } from './pt-BR/home.ts'
import { keys } from './pt-BR/keys.ts'
import { licenses } from './pt-BR/licenses.ts'
import { mail } from './pt-BR/mail.ts'
import { orders } from './pt-BR/orders.ts'
import { organizations } from './pt-BR/organizations.ts'
import { registration } from './pt-BR/registration.ts'
import { ui } from './pt-BR/ui.ts'

/** Brazilian Portuguese. Keys begin with the name of their file. */
export const ptBR = {
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

import { accounts } from './en/accounts.ts'
import { errors } from './en/errors.ts'
import { form } from './en/form.ts'
import { help } from './en/help.ts'
import { home } from './en/home.ts'
import { keys } from './en/keys.ts'
import { licenses } from './en/licenses.ts'
import { mail } from './en/mail.ts'
import { orders } from './en/orders.ts'
import { organizations } from './en/organizations.ts'
import { registration } from './en/registration.ts'
import { ui } from './en/ui.ts'

/** The source language. Keys begin with the name of their file. */
export const en = {
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

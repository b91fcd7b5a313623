import type { customers as en } from '../en/customers.ts'

export const customers = {} satisfies Record<keyof typeof en, string>

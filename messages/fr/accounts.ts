import type { accounts as en } from '../en/accounts.ts'

export const accounts = {} satisfies Record<keyof typeof en, string>

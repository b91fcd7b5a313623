import type { audit as en } from '../en/audit.ts'

export const audit = {} satisfies Record<keyof typeof en, string>

import type { fields as en } from '../en/fields.ts'

export const fields = {} satisfies Record<keyof typeof en, string>

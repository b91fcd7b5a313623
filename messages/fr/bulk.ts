import type { bulk as en } from '../en/bulk.ts'

export const bulk = {} satisfies Record<keyof typeof en, string>

import type { licenses as en } from '../en/licenses.ts'

export const licenses = {} satisfies Record<keyof typeof en, string>

import type { organizations as en } from '../en/organizations.ts'

export const organizations = {} satisfies Record<keyof typeof en, string>

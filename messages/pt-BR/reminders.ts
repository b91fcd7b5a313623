import type { reminders as en } from '../en/reminders.ts'

export const reminders = {} satisfies Record<keyof typeof en, string>

import type { doctor as en } from '../en/doctor.ts'

export const doctor = {} satisfies Record<keyof typeof en, string>

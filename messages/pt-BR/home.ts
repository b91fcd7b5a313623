import type { home as en } from '../en/home.ts'

export const home = {} satisfies Record<keyof typeof en, string>

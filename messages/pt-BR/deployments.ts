import type { deployments as en } from '../en/deployments.ts'

export const deployments = {} satisfies Record<keyof typeof en, string>

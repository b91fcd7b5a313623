/** Every kind of service request: what an operator decides, and what accepting it does. */
import type { AnyRequestKind } from './requests/index.ts'

export const requestKinds: AnyRequestKind[] = []

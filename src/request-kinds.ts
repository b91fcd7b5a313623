/** Every kind of service request: what an operator decides, and what accepting it does. */

import { numberRequest } from './customers/index.ts'
import { rehostRequests } from './deployments/index.ts'
import { addressRequest } from './licenses/index.ts'
import type { AnyRequestKind } from './requests/index.ts'
import { contractChangeRequests, otherRequests, recoveryRequests } from './service/index.ts'

export const requestKinds: AnyRequestKind[] = [
  contractChangeRequests,
  addressRequest,
  numberRequest,
  rehostRequests,
  recoveryRequests,
  otherRequests,
]

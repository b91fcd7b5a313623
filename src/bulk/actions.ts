import type { BulkAction } from './action.ts'
import { contacts } from './actions/assign-contacts.tsx'
import { address } from './actions/move-address.tsx'
import { rehost } from './actions/rehost.tsx'
import { reissue } from './actions/reissue.tsx'
import { setFields } from './actions/set-fields.tsx'
import { tag } from './actions/tag.tsx'

/** Everything that can be done with many licenses at once; another kind is another file in this list. */
export const bulkActions: readonly BulkAction[] = [setFields, tag, contacts, address, rehost, reissue]

/** @throws Error for an action that this version of the portal does not know. */
export function actionNamed(name: string | null): BulkAction {
  const action = findAction(name)
  if (!action) throw new Error(`there is no bulk action ${name}`)
  return action
}

export function findAction(name: string | null | undefined): BulkAction | undefined {
  return bulkActions.find((action) => action.name === name)
}

import { type BasketRow, readBasket, serialFactsOf } from './license-facts.ts'
import { outcomesOf } from './rules.ts'
import type { Wizard } from './wizard.ts'

/** New Purchase: the licenses of serial numbers that were typed in. */
export const purchaseWizard: Wizard = {
  purpose: 'purchase',
  async consequence({ t }, { organization_name: organization }, { licenses }) {
    return t('registration.verify.consequence', { count: licenses.length, organization })
  },
  async readRows(db, { organization_id }, draft) {
    const rows: BasketRow[] = await readBasket(db, draft.id)
    const outcomes = outcomesOf(
      rows.map((row) => serialFactsOf(row.license)),
      organization_id,
    )
    return rows.map((row, n) => ({ ...row, outcome: outcomes[n]! }))
  },
}

import { defineRequestKind } from '../requests/index.ts'
import { storeAssociation } from './associate-number.ts'
import { findCustomerFacts } from './queries.ts'
import { claimDetailsSchema } from './schemas.ts'

/** A claim of a customer number without proof: accepting it associates the number, by the operator's word. */
export const numberRequest = defineRequestKind({
  kind: 'customer_number',
  details: claimDetailsSchema,
  facts({ t }, { details }) {
    return [
      { label: t('customers.number'), value: details.number },
      { label: t('customers.fact.explanation'), value: details.explanation },
    ]
  },
  async decisionFacts({ db, t, format }, { details }) {
    const customer = await findCustomerFacts(db, details.number)
    if (!customer) return [{ label: t('customers.customer'), value: t('customers.fact.none') }]
    const { name, country, orders, unregistered, organizations, order_contacts } = customer
    const list = (lines: string[]) => lines.join('\n') || '–'
    return [
      { label: t('customers.customer'), value: `${name}\n${format.country(country)}` },
      { label: t('customers.fact.orders'), value: format.number(orders) },
      { label: t('customers.unregistered'), value: format.number(unregistered) },
      { label: t('customers.fact.contacts'), value: list(order_contacts) },
      { label: t('customers.fact.organizations'), value: list(organizations) },
    ]
  },
  async accept(trx, actor, { organization_id, number, details }) {
    const customer = await trx
      .selectFrom('customers')
      .select('id')
      .where('number', '=', details.number)
      .executeTakeFirst()
    if (!customer) return { ok: false, text: 'customers.claim.unknown' }
    const proof = { proven_by: 'operator' as const, proof: number }
    await storeAssociation(trx, actor, { organization_id, customer_id: customer.id, ...proof })
    return { ok: true }
  },
})

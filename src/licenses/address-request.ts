import { z } from 'zod'
import { addAddress, addressLines } from '../customers/index.ts'
import type { Db } from '../platform/db/index.ts'
import type { Format, T } from '../platform/i18n.ts'
import { defineRequestKind } from '../requests/index.ts'
import { lockOwnLicenses } from './lock-licenses.ts'
import { moveTo } from './move-address.ts'
import { optionFactsOf, refusalOfLicense } from './option-rules.ts'

const text = z.string().nullable()
const detailsSchema = z.object({
  /** What was entered, and the address that the license had then. */
  address: z.object({
    ...{ company: z.string(), street: z.string(), street2: text, city: z.string() },
    ...{ region: text, postal_code: text, country: z.string() },
  }),
  from: z.uuid().nullable(),
})

/** A new install-at address: accepting it adds the address and moves the license there. */
export const addressRequest = defineRequestKind({
  kind: 'address',
  details: detailsSchema,
  async facts({ db, t, format }, { details: { address, from } }) {
    return [
      { label: t('licenses.address.before'), value: await addressText(db, from, t, format) },
      { label: t('licenses.address.after'), value: addressLines(address, format).join('\n') },
    ]
  },
  async decisionFacts({ db, t, format }, { license_id }) {
    const license = await db
      .selectFrom('licenses as l')
      .innerJoin('customers as c', 'c.id', 'l.customer_id')
      .select(['l.address_id', 'c.number', 'c.name', 'c.country'])
      .where('l.id', '=', license_id)
      .executeTakeFirst()
    if (!license) return []
    const { number, name, country } = license
    return [
      { label: t('licenses.details.customer'), value: `${number}\n${name}\n${format.country(country)}` },
      { label: t('licenses.address.now'), value: await addressText(db, license.address_id, t, format) },
    ]
  },
  async accept(trx, actor, { organization_id, license_id, details }) {
    const [license] = await lockOwnLicenses(trx, { organization_id }, [license_id!])
    if (!license) return { ok: false, text: 'licenses.address.request.gone' }
    if (refusalOfLicense('address', optionFactsOf(license, organization_id))) {
      return { ok: false, text: 'licenses.address.request.ended' }
    }
    const id = await addAddress(trx, { organization_id, now: actor.now }, details.address)
    await moveTo(trx, actor, [license], { id, ...details.address })
    return { ok: true }
  },
})

async function addressText(db: Db, id: string | null, t: T, format: Format): Promise<string> {
  const address = id && (await db.selectFrom('addresses').selectAll().where('id', '=', id).executeTakeFirst())
  return address ? addressLines(address, format).join('\n') : t('licenses.details.no_address')
}

import type { EnteredAddress } from '../customers/index.ts'
import { type Actor, mustBe } from '../platform/actor.ts'
import type { Config } from '../platform/config.ts'
import type { Db } from '../platform/db/index.ts'
import { findOpenRequest, openRequest } from '../requests/index.ts'
import { lockHeldLicense } from './lock-licenses.ts'
import { type LicenseRefusal, optionFactsOf, refusalOfLicense } from './option-rules.ts'

/** The number of the service request; or why there is none. */
export type AddressRequested =
  | { ok: true; request: string }
  | { ok: false; refusal: LicenseRefusal }
  /** One for this license is open: `request`. */
  | { ok: false; refusal: 'open'; request: string }

/**
 * Asks for an address that does not exist yet, for a license to be moved to: an operator decides. The terms have been
 * agreed to. The lock of the license makes the second of two presses find the request of the first.
 * @throws AppError `forbidden` unless the actor is a manager, `not_found` for somebody else's license.
 */
export async function requestAddress(
  db: Db,
  actor: Actor,
  { serial, address }: { serial: string; address: EnteredAddress },
  config: Pick<Config, 'base_url' | 'vendor'>,
): Promise<AddressRequested> {
  mustBe(actor, 'manager')
  return db.transaction().execute(async (trx) => {
    const { license } = await lockHeldLicense(trx, actor, serial)
    const refusal = refusalOfLicense('address', optionFactsOf(license, license.owner_id))
    if (refusal) return { ok: false, refusal }
    const organization_id = license.owner_id
    const about = { kind: 'address' as const, license_id: license.id }
    const open = await findOpenRequest(trx, { organization_id }, about)
    if (open) return { ok: false, refusal: 'open', request: open }
    const details = { address, from: license.address_id }
    const request = { ...about, organization_id, customer_id: license.customer_id, details }
    const opened = await openRequest(trx, actor, request, config)
    return { ok: true, request: opened.number }
  })
}

/** What License Key Options and the License Catalog tell of upgrades. */
import type { Context } from 'hono'
import { isAtLeast } from '../platform/actor.ts'
import type { Env } from '../platform/http/env.ts'
import { urls } from '../urls.ts'
import { getLicenseId, listOffers, listUpgradesOf } from './offers.ts'
import { refusalText } from './texts.ts'

/**
 * Why a license of the actor's organization cannot be upgraded now, in words; null when it can, and while old keys of
 * an upgrade work, which can be ended there.
 */
export async function upgradeReason(c: Context<Env>, serial: string): Promise<string | null> {
  const { t, format, db, actor, config } = c.var
  const id = await getLicenseId(db, actor, serial)
  const offers = (await listOffers(db, actor, [id], config)).get(id) ?? []
  if (offers.some(({ refusal }) => refusal === null)) return null
  if ((await listUpgradesOf(db, actor, id)).some(({ settled }) => !settled)) return null
  const [offer] = offers
  return offer?.refusal ? `${refusalText({ t, format }, offer.refusal, offer)}.` : t('upgrades.option.none')
}

/** The newest version that each of these licenses can be upgraded to; for those who may. */
export async function upgradesOf(c: Context<Env>, license_ids: string[]) {
  const { db, actor, config } = c.var
  if (!isAtLeast(actor, 'manager')) return new Map()
  const offers = await listOffers(db, actor, license_ids, config, 'possible')
  return new Map(
    [...offers].map(([id, [offer]]) => {
      return [id, { version: offer!.version, href: urls.upgrades.ofLicense.to({ serial: offer!.serial }) }]
    }),
  )
}

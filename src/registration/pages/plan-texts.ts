import type { T } from '../../platform/i18n.ts'
import type { PlannedLicense } from '../plan-registration.ts'
import { relationOf } from '../rules.ts'

/** What a planned license still lacks, if anything. */
export function problemText(t: T, { problem, license }: PlannedLicense): string | undefined {
  if (!problem) return undefined
  if (problem === 'host_quantity') return t('registration.problem.host_quantity', { quantity: license.quantity })
  return t(`registration.problem.${problem}`)
}

/** The serial number by which people know a license: an upgraded one has its own only when that is done. */
export function shownSerial({ serial, predecessor }: PlannedLicense['license']): string {
  return predecessor?.serial ?? serial
}

/** What a maintenance, content or renewing license is for; undefined for those that relate to no other. */
export function relationText(t: T, { relation, license }: PlannedLicense): string | undefined {
  if (relation) return t(`registration.relation.${relation.kind}`, { serial: relation.serial })
  const asks = relationOf({ kind: license.kind, covers_product_id: license.product.covers_product_id })
  return asks === 'covers' ? t('registration.relation.none') : undefined
}

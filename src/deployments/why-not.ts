import type { Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import type { Format, T } from '../platform/i18n.ts'
import { type Deployment, factsOf, getDeployment } from './queries.ts'
import { type Operation, type OperationRefusal, operations, refusalOf } from './rules.ts'

type Reading = { t: T; format: Format; support_email: string }

/** Why an operation is not possible, and what to do instead, in the reader's words. */
export function refusalText(
  { t, format, support_email }: Reading,
  { allowance }: Pick<Deployment, 'allowance'>,
  refusal: OperationRefusal,
): string {
  if (refusal === 'allowance_used' && allowance.next_at) {
    return t('deployments.refused.allowance_used_until', { day: format.moment(allowance.next_at) })
  }
  return t(`deployments.refused.${refusal}`, { email: support_email })
}

/**
 * For each operation why a license of the actor's organization does not allow it, in the reader's words, or null: what
 * License Key Options show.
 * @throws AppError `not_found` for somebody else's.
 */
export async function whyNot(
  db: Db,
  actor: Member,
  serial: string,
  reading: Reading,
): Promise<Record<Operation, string | null>> {
  const license = await getDeployment(db, actor, serial)
  const facts = factsOf(license)
  const text = (operation: Operation) => {
    const refusal = refusalOf(operation, facts)
    return refusal && refusalText(reading, license, refusal)
  }
  return Object.fromEntries(operations.map((operation) => [operation, text(operation)])) as Record<
    Operation,
    string | null
  >
}

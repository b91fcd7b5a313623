import type { Format, T } from '../platform/i18n.ts'
import type { Deployment } from './queries.ts'
import type { OperationRefusal } from './rules.ts'

/** Why an operation is not possible, and what to do instead, in the reader's words. */
export function refusalText(
  { t, format, support_email }: { t: T; format: Format; support_email: string },
  { allowance }: Pick<Deployment, 'allowance'>,
  refusal: OperationRefusal,
): string {
  if (refusal === 'allowance_used' && allowance.next_at) {
    return t('deployments.refused.allowance_used_until', { day: format.moment(allowance.next_at) })
  }
  return t(`deployments.refused.${refusal}`, { email: support_email })
}

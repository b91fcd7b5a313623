/** Why entries of License Key Options are not possible, as the modules know that stand behind them. */
import { factsOf, getDeployment, operations, refusalOf } from './deployments/index.ts'
import type { OptionReasons } from './licenses/index.ts'

export const deploymentReasons: OptionReasons = async (c, serial) => {
  const { t, format, db, actor, config } = c.var
  const deployment = await getDeployment(db, actor, serial)
  const facts = factsOf(deployment)
  const { next_at } = deployment.allowance
  const reasons = operations.map((operation) => {
    const refusal = refusalOf(operation, facts)
    if (refusal === 'allowance_used' && next_at) {
      return [operation, t('deployments.refused.allowance_used_until', { day: format.moment(next_at) })]
    }
    return [operation, refusal && t(`deployments.refused.${refusal}`, { email: config.support_email })]
  })
  return Object.fromEntries(reasons)
}

/** Why entries of License Key Options are not possible, as the modules know that stand behind them. */
import { factsOf, getDeployment, operations, refusalOf, refusalText } from './deployments/index.ts'
import type { OptionReasons } from './licenses/index.ts'
import { upgradeReason } from './upgrades/index.ts'

export const optionReasons: OptionReasons = async (c, serial) => ({
  ...(await deploymentReasons(c, serial)),
  upgrade: await upgradeReason(c, serial),
})

const deploymentReasons: OptionReasons = async (c, serial) => {
  const { t, format, db, actor, config } = c.var
  const deployment = await getDeployment(db, actor, serial)
  const facts = factsOf(deployment)
  const reading = { t, format, support_email: config.support_email }
  const reasons = operations.map((operation) => {
    const refusal = refusalOf(operation, facts)
    return [operation, refusal && refusalText(reading, deployment, refusal)]
  })
  return Object.fromEntries(reasons)
}

import { z } from 'zod'
import { activeSigner, type NewLicenseKey } from '../keys/index.ts'
import { record } from '../platform/audit.ts'
import { enqueue } from '../platform/jobs/index.ts'
import { hostTypeName } from '../registration/index.ts'
import { defineRequestKind, type Fact, type Reading, type ServiceRequest } from '../requests/index.ts'
import { tellAbout } from './emails/tell-about.ts'
import { type ActiveKey, anew, type Host } from './host-rules.ts'
import { restoreOldHost } from './jobs.ts'
import { makeKeys, makingOf } from './prepare-keys.ts'
import { type Deployment, findDeployment } from './queries.ts'
import { exchangeKeys, lockDeployment } from './store-change.ts'

const hostSchema = z.object({ type: z.string(), id: z.string() })
export const rehostDetailsSchema = z.object({
  from: hostSchema,
  to: hostSchema,
  quantity: z.number().int().positive(),
  reason: z.string().nullable(),
})
type RehostDetails = z.infer<typeof rehostDetailsSchema>

/** The license with the final key for the new host; null when there is no temporary key to take the place of. */
type Final = { license: Deployment; temporary: ActiveKey; key: NewLicenseKey; config: Parameters<typeof tellAbout>[5] }

/** Moves over the allowance: accepting makes the temporary key final, refusing gives the old host its key anew. */
export const rehostRequests = defineRequestKind<RehostDetails, Final | null>({
  kind: 'rehost',
  details: rehostDetailsSchema,
  facts,
  decisionFacts,
  async prepare({ db, config }, actor, request) {
    const license = await findDeployment(db, actor, licenseOf(request))
    const temporary = license?.keys.find((key) => key.temporary)
    if (!license || !temporary) return null
    const issuing = { config, signer: await activeSigner(db, config) }
    const [key] = await makeKeys(license, [anew(temporary)], makingOf(issuing, actor))
    return { license, temporary, key: key!, config }
  },
  async accept(trx, actor, request, final) {
    if (!final) return { ok: false, text: 'deployments.request.gone' }
    const { license, temporary, key, config } = final
    if (!(await lockDeployment(trx, license))) return { ok: false, text: 'deployments.request.changed' }
    const { license_id, organization_id, customer_id, serial } = license
    const { from, to, quantity } = request.details
    await exchangeKeys(trx, actor.now, license_id, { supersedes: [temporary.id], keys: [key] })
    await record(trx, actor, 'license.rehost_granted', {
      ...{ organization_id, customer_id, license_id, subject_id: request.id },
      details: { serial, from, to, quantity, request: request.number },
    })
    await tellAbout(trx, actor, license, 'final', { from, to, quantity }, config)
    return { ok: true }
  },
  async refuse(trx, _actor, request) {
    await enqueue(trx, restoreOldHost, licenseOf(request))
  },
})

function licenseOf({ license_id, organization_id }: ServiceRequest<RehostDetails>) {
  return { license_id: license_id!, organization_id }
}

function facts({ t, format }: Reading, { details }: ServiceRequest<RehostDetails>): Fact[] {
  const { from, to, quantity, reason } = details
  const host = ({ type, id }: Host) => `${id} (${hostTypeName(t, type)})`
  return [
    { label: t('deployments.fact.from'), value: host(from) },
    { label: t('deployments.fact.to'), value: host(to) },
    { label: t('deployments.fact.quantity'), value: format.number(quantity) },
    ...(reason ? [{ label: t('deployments.fact.reason'), value: reason }] : []),
  ]
}

async function decisionFacts({ db, t, format, now }: Reading, request: ServiceRequest<RehostDetails>): Promise<Fact[]> {
  const today = now.toISOString().slice(0, 10)
  const license = await findDeployment(db, { now, today }, licenseOf(request))
  if (!license) return []
  const { allowance, keys } = license
  const { used, allowed, months } = allowance
  const until = keys.find(({ temporary }) => temporary)?.expires_on
  return [
    { label: t('deployments.fact.allowance'), value: t('deployments.allowance.used', { used, allowed, months }) },
    ...(until ? [{ label: t('deployments.fact.temporary_until'), value: format.day(until) }] : []),
  ]
}

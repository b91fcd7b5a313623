import { getDeployment, rehostLicense } from '../deployments/index.ts'
import { activeSigner } from '../keys/index.ts'
import type { Member } from '../platform/actor.ts'
import type { Services } from '../platform/services.ts'
import { registerSerials } from '../registration/index.ts'

type Deployed = { serial: string; from: string; to: string; quantity: number | null; host_type: string }

/** One whose only move is used up, so that the next one is a request; one on two hosts. */
const deployed: Deployed[] = [
  {
    serial: 'M9000000028',
    host_type: 'uuid',
    from: '6f1c2a7e-3b5d-4e0a-9c41-2d8b7f60a913',
    to: 'b2e95d04-71cf-4a86-8f3d-50c6e1a4977b',
    quantity: null,
  },
  {
    serial: 'M9000000010',
    host_type: 'hostname',
    from: 'tiles-01.halden.example',
    to: 'tiles-02.halden.example',
    quantity: 1,
  },
]

/** Registers licenses on a host and moves them on, as their company would have done. */
export async function deploySome(services: Services, actor: Member): Promise<void> {
  const { db, config } = services
  const issuing = { config, signer: await activeSigner(db, config) }
  for (const { serial, host_type, from, to, quantity } of deployed) {
    const query = db.selectFrom('licenses').select('registered_at').where('serial', '=', serial)
    if (!(await query.executeTakeFirst())?.registered_at) {
      const host = `${host_type}:${from}`
      const registered = await registerSerials({ services, actor, serials: [serial], host, fields: [] })
      if ('code' in registered) throw new Error(`the demo's ${serial} was not registered: ${registered.text}`)
    }
    const { revision, keys, allowance } = await getDeployment(db, actor, serial)
    if (allowance.used > 0) continue
    const input = { serial, revision, key: keys[0]!.id, host: { type: host_type, id: to }, quantity, reason: null }
    const moved = await rehostLicense(db, actor, input, issuing)
    if (!moved.ok) throw new Error(`the demo's ${serial} was not moved: ${moved.refusal}`)
  }
}

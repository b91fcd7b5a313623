import { type Actor, type Day, dayOf } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import type { Services } from '../platform/services.ts'
import { type CampaignTerms, createCampaign, publish, publishCampaign } from '../upgrades/index.ts'

type NamedPath = [from: string, to: string]

const running: NamedPath[] = [
  ['ATLAS-PRO 8.2', 'ATLAS-PRO 9.1'],
  ['ATLAS-PRO 9.0', 'ATLAS-PRO 9.1'],
  ['CITADEL-BACKUP 11.4', 'CITADEL-BACKUP 12.1'],
  ['CITADEL-BACKUP 12.0', 'CITADEL-BACKUP 12.1'],
]
const planned: NamedPath[] = [
  ['IRIS-ANALYTICS 3.9', 'IRIS-ANALYTICS 4.0'],
  ['IRIS-ANALYTICS 3.9', 'IRIS-ANALYTICS 4.2'],
  ['IRIS-ANALYTICS 4.0', 'IRIS-ANALYTICS 4.2'],
]

/** One that customers have been told about, and a draft that waits for its day; each is made once. */
export async function makeCampaigns(services: Services, actor: Actor): Promise<void> {
  const { db, config } = services
  const from = (days: number) => dayOf(new Date(actor.now.getTime() + days * 86_400_000), config.vendor.time_zone)
  const open = await make(db, actor, { name: 'Atlas Pro 9.1 and Citadel Backup 12.1', starts_on: from(-10) }, running)
  await make(db, actor, { name: 'Iris Analytics 4', starts_on: from(30), ends_on: from(210) }, planned)
  await publishCampaign(db, actor, { campaign_id: open, revision: 1 }, config)
  await publish(services, open)
}

type Chosen = { name: string; starts_on: Day; ends_on?: Day }

async function make(db: Db, actor: Actor, chosen: Chosen, named: NamedPath[]): Promise<string> {
  const made = await db.selectFrom('campaigns').select('id').where('name', '=', chosen.name).executeTakeFirst()
  if (made) return made.id
  const terms: CampaignTerms = {
    ends_on: null,
    ...chosen,
    ...{ overlap_days: 30, notification_days: 365, needs_maintenance: true, kinds: ['product', 'subscription'] },
    countries: [],
    paths: await pathsOf(db, named),
  }
  const saved = await createCampaign(db, actor, terms)
  if (!saved.ok) throw new Error(`the demo's campaign was refused: ${saved.refusal}`)
  return saved.campaign_id
}

async function pathsOf(db: Db, named: NamedPath[]): Promise<CampaignTerms['paths']> {
  const rows = await db
    .selectFrom('product_versions as v')
    .innerJoin('products as p', 'p.id', 'v.product_id')
    .select(['v.id', 'p.code', 'v.version'])
    .execute()
  const ids = new Map(rows.map(({ id, code, version }) => [`${code} ${version}`, id]))
  return named.map(([from, to]) => ({ from_version_id: ids.get(from)!, to_version_id: ids.get(to)! }))
}

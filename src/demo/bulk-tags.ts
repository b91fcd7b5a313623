/** A bulk action that the demo's company has done: its servers are tagged, and the list names one license too many. */
import { sql } from 'kysely'
import { checkBulk, getBulk, runBulk, startBulkFromList, workOnBulk } from '../bulk/index.ts'
import { activeSigner } from '../keys/index.ts'
import type { Member } from '../platform/actor.ts'
import type { Services } from '../platform/services.ts'

/** Tags the older half of an organization's licenses, unless it has tags. */
export async function tagSome({ db, config }: Services, actor: Member): Promise<void> {
  const { organization_id } = actor
  const { rows } = await sql<{ serial: string }>`
    select serial from licenses where owner_id = ${organization_id}
      and not exists (select from license_tags t where t.organization_id = ${organization_id})
    order by serial limit 8`.execute(db)
  if (rows.length === 0) return
  const lines = [...rows.map(({ serial }) => serial), 'M0000000000'].map((serial) => ({ serial, cells: [] }))
  const started = await startBulkFromList(db, actor, { columns: [], lines, repeated: 0 })
  if (!started.ok) return
  const { bulk_id } = started
  const issuing = { config, signer: await activeSigner(db, config) }
  await checkBulk(db, actor, { bulk_id, action: 'tags', input: { add: ['Head office'], remove: [] } })
  await workOnBulk(db, actor, bulk_id, issuing)
  await runBulk(db, actor, { bulk_id, revision: (await getBulk(db, actor, bulk_id)).revision })
  await workOnBulk(db, actor, bulk_id, issuing)
}

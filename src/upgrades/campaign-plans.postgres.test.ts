/** Lists of campaigns read a small part of the licenses and notifications, on every page and for every batch told. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { aCampaign, campaignConfig, dayFromNow } from '../../test/campaigns.ts'
import { freshPostgres } from '../../test/database.ts'
import { fillUpgradable, upgradable } from '../../test/many-upgradable.ts'
import { explained, type Plan, rowsOf } from '../../test/plans.ts'
import { systemActor } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { listEligibility, placeOf } from './campaign-preview.ts'
import { getCampaign } from './campaign-queries.ts'
import { notificationQuerySchema } from './campaign-schemas.ts'
import { getNotification, listNotifications } from './list-notifications.ts'
import { notificationIdOf } from './notification-id.ts'
import { publishCampaign } from './publish-campaign.ts'
import { publish } from './publish-job.ts'
import { tellNextCustomers } from './tell-customers.ts'

const size = { licenses: 30_000, customers: 6_000 }
const config = campaignConfig()
const today = dayFromNow()

test('lists and batches of a large campaign read a small part of it', async (t) => {
  const { db } = await freshPostgres(t)
  await fillUpgradable(db, size)
  const paths = [upgradable.next, upgradable.last].map((to) => ({ from_version_id: upgradable.old, to_version_id: to }))
  const { campaign_id, operator } = await aCampaign(db, upgradable, { paths })
  const campaign = await getCampaign(db, campaign_id)

  await t.test('pages of eligible licenses, the first and one in the middle, of all and of a path', async () => {
    for (const asked of [{}, { reason: 'eligible' }, { reason: 'no_maintenance' }, { path: campaign.paths[1]!.id }]) {
      let after: string | undefined
      for (let page = 0; page < 3; page += 1) {
        const rows = await few(db, 2_000, (db) =>
          listEligibility(db, campaign, { ...asked, after, today, limit: 51 } as never),
        )
        assert.equal(rows.length, 51)
        after = placeOf(rows.at(-1)!)
      }
    }
  })

  await t.test('the next customers to tell, whichever they are', async () => {
    const { rows } = await sql<{ id: string }>`select id from customers order by id offset 3000 limit 1`.execute(db)
    for (const after of [null, rows[0]!.id]) {
      await few(db, 6_000, (db) =>
        db.transaction().execute(async (trx) => {
          const { passed } = await tellNextCustomers(trx, systemActor('test'), config, campaign, after)
          assert.equal(passed, 100)
        }),
      )
    }
  })

  await t.test('notifications by page, customer, address, ID and refused mail', async () => {
    await publishCampaign(db, operator, { campaign_id, revision: 1 }, config)
    await publish({ db, config }, campaign_id)
    await sql`update mails set parked_at = now() where id in (select id from mails order by id limit 20)`.execute(db)
    await sql`analyze`.execute(db)
    const { id } = await db.selectFrom('upgrade_notifications').select('id').limit(1).executeTakeFirstOrThrow()
    const after = (
      await db
        .selectFrom('upgrade_notifications')
        .select('id')
        .orderBy('id')
        .offset(2000)
        .limit(1)
        .executeTakeFirstOrThrow()
    ).id
    const asked = [
      { campaign: campaign_id },
      { campaign: campaign_id, after },
      { q: 'C1000040' },
      { q: 'buyer41@customer.example' },
      { q: notificationIdOf(config, id) },
      { refused: 'yes' },
      { refused: 'yes', campaign: campaign_id },
    ]
    for (const query of asked) {
      const { notifications } = await few(db, 1_500, (db) =>
        listNotifications(db, notificationQuerySchema.parse(query)),
      )
      assert.ok(notifications.length > 0, JSON.stringify(query))
    }
    await few(db, 1_500, (db) => getNotification(db, id))
  })
})

/** Does it, and looks at the plan of every statement that doing so took: none may read more rows than `most`. */
async function few<R>(db: Db, most: number, work: (db: Db) => Promise<R>): Promise<R> {
  const { result, plans } = await explained(db, work)
  assert.ok(plans.length > 0)
  for (const { sql, plan } of plans) {
    const read = readBy(plan)
    assert.ok(read <= most, `${read} rows read by ${sql}\n${JSON.stringify(plan, null, 1)}`)
  }
  return result
}

/** Rows that the leaves of a plan read. */
function readBy(plan: Plan): number {
  const inner = plan.Plans ?? []
  return inner.length > 0 ? inner.reduce((sum, each) => sum + readBy(each), 0) : rowsOf(plan)
}

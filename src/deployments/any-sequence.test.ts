/** Whatever is done with licenses, in whatever order: quantities, keys, lineage and history stay whole. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { freshDatabase } from '../../test/database.ts'
import { aDeployedLicense, deployed, register } from '../../test/deploying.ts'
import { anIssuing } from '../../test/issuing.ts'
import { aMember } from '../../test/licensing.ts'
import { randomFrom } from '../demo/random.ts'
import type { Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { uuidv7 } from '../platform/ids.ts'
import type { Issuing } from '../registration/index.ts'
import { changeVersion } from './change-version.ts'
import { deployLicense } from './deploy-license.ts'
import { getDeployment } from './queries.ts'
import { rehostLicense } from './rehost-license.ts'
import { reissueKeys } from './reissue-keys.ts'
import { returnLicense } from './return-license.ts'
import { operations } from './rules.ts'
import { settleTemporaryKeys } from './settle-temporary-keys.ts'
import { splitLicense } from './split-license.ts'

type World = { db: Db; actor: Member; issuing: Issuing; random: ReturnType<typeof randomFrom>; total: number }

/** One operation with a license of the family, with arguments that are often wrong. */
async function step({ db, actor, issuing, random }: World, serial: string): Promise<{ ok: boolean }> {
  const license = await getDeployment(db, actor, serial).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'not_found') return undefined
    throw error
  })
  const host = { type: 'hostname', id: `host-${random.below(5)}` }
  if (!license) {
    const { quantity } = await db
      .selectFrom('licenses')
      .select('quantity')
      .where('serial', '=', serial)
      .executeTakeFirstOrThrow()
    await register(db, actor, issuing, serial, { [host.id]: quantity })
    return { ok: true }
  }
  const { revision, keys } = license
  const key = keys[random.below(keys.length || 1)]?.id ?? ''
  const quantity = random.below(3) === 0 ? null : 1 + random.below(4)
  const at = { serial, revision }
  switch (operations[random.below(operations.length)]!) {
    case 'rehost':
      return rehostLicense(db, actor, { ...at, key, host, quantity, reason: 'why' }, issuing)
    case 'deploy':
      return deployLicense(db, actor, { ...at, host, quantity }, issuing)
    case 'split': {
      const key_ids = random.below(2) ? [key].filter(Boolean) : []
      return splitLicense(db, actor, { ...at, key_ids, quantity: random.below(3) }, issuing)
    }
    case 'return':
      return returnLicense(db, actor, { ...at, typed: serial }, issuing)
    case 'reissue':
      return reissueKeys(db, actor, at, issuing)
    case 'downgrade':
      return changeVersion(db, actor, { ...at, version: random.below(2) ? '0.9' : '1.0', key_ids: [key] }, issuing)
  }
}

async function serialsOf(db: Db): Promise<string[]> {
  return (await db.selectFrom('licenses').select('serial').orderBy('id').execute()).map(({ serial }) => serial)
}

async function checkWhole({ db, total }: World): Promise<void> {
  for (const serial of await serialsOf(db)) await deployed(db, serial)
  const { rows } = await sql<Record<string, number>>`
    select (select sum(quantity) from licenses)::int as quantity,
      (select count(*) from license_keys where host_id is null)::int as unbound,
      (select count(*) from license_keys k join licenses l on l.id = k.license_id
        where l.registered_at is null and k.revoked_at is null and k.superseded_at is null)::int as keys_of_nobody,
      (select count(*) from (select from license_keys where revoked_at is null and superseded_at is null
        group by license_id, host_id having count(*) > 1) t)::int as twice_on_a_host,
      (select count(*) from license_keys k join license_keys o on o.id = k.replaces_id
        where o.revoked_at is null and o.superseded_at is null)::int as replaced_but_active,
      (select count(*) from license_keys o where o.superseded_at is not null
        and not exists (select from license_keys n where n.replaces_id = o.id))::int as superseded_by_nothing`.execute(
    db,
  )
  assert.deepEqual(rows[0], {
    ...{ quantity: total, unbound: 0, keys_of_nobody: 0, twice_on_a_host: 0, replaced_but_active: 0 },
    superseded_by_nothing: 0,
  })
}

async function countEvents(db: Db): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from events where license_id is not null and action like 'license.%'`.execute(db)
  return rows[0]!.count
}

for (const seed of [1, 2, 3, 4]) {
  test(`any sequence of operations keeps everything whole (seed ${seed})`, async (t) => {
    const { db } = await freshDatabase(t)
    const issuing = await anIssuing(db)
    const world = { db, actor: await aMember(db), issuing, random: randomFrom(seed, 7), total: 12 }
    const { product } = await aDeployedLicense(db, world.actor, issuing, {
      quantity: 12,
      hosts: { 'host-0': 5, 'host-1': 3 },
      allowance: 4,
    })
    await sql`update products set downgrade_right = true where id = ${product.product_id}`.execute(db)
    const earlier = { id: uuidv7(), product_id: product.product_id, version: '0.9', released_on: '2025-01-01' }
    await db.insertInto('product_versions').values(earlier).execute()
    let done = 0
    for (let n = 0; n < 60; n++) {
      const serials = await serialsOf(db)
      const before = await countEvents(db)
      const { ok } = await step(world, serials[world.random.below(serials.length)]!)
      const lines = (await countEvents(db)) - before
      assert.ok(ok ? lines >= 1 : lines === 0, `${lines} lines of history`)
      if (ok) done++
      await checkWhole(world)
    }
    await settleTemporaryKeys(db, issuing, new Date(Date.now() + 14 * 86_400_000))
    await checkWhole(world)
    assert.ok(done > 15, `only ${done} operations were done`)
  })
}

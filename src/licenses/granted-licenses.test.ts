/**
 * What an organization sees is one question: lists, counts, exports, details, searches and locks answer it alike, and
 * as a plain model in memory does, for random organizations, shares and delegations.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { freshDatabase } from '../../test/database.ts'
import { aBookmark, aCustomer, aLicense, aMember, aProduct, aTag, now } from '../../test/licenses.ts'
import { aGrant } from '../../test/sharing.ts'
import type { Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { countAll, foundLicenses, listCatalog } from './catalog.ts'
import { askedBy } from './catalog-conditions.ts'
import { listPairs } from './catalog-granted.ts'
import { listPlaces } from './catalog-order.ts'
import type { Place } from './catalog-sorts.ts'
import { listExportRows } from './export-rows.ts'
import { type Level, levels } from './levels.ts'
import { getLicense } from './license-details.ts'
import { lockHeldLicenses } from './lock-licenses.ts'
import { catalogQuerySchema, ordersOfFanned } from './schemas.ts'
import { licenseArms, type Source, sources } from './visible-licenses.ts'

type License = { id: string; serial: string; owner: Member | null; customer_id: string; tags: string[] }
type Grant = {
  kind: 'share' | 'delegation'
  owner: Member
  grantee: Member
  level: Level
  customer_ids?: string[]
  license_ids?: string[]
  tag?: string
  live: boolean
}
type World = { members: Member[]; licenses: License[]; grants: Grant[]; bookmarks: Set<string> }
type Seen = { source: Source; level: Level }

/** Small numbers that follow from a seed: a world that fails can be looked at again. */
function dice(seed: number): (sides: number) => number {
  let state = seed * 2654435761 + 1
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * sides)
  }
}

/** The plain meaning of what somebody sees. */
function seenBy({ grants, bookmarks }: World, reader: Member, license: License): Seen | undefined {
  const owner = license.owner?.organization_id
  if (owner === reader.organization_id) return { source: 'own', level: 'full' }
  if (!owner)
    return bookmarks.has(`${reader.organization_id} ${license.id}`) ? { source: 'added', level: 'full' } : undefined
  const covering = grants.filter(
    (grant) =>
      grant.live &&
      grant.owner.organization_id === owner &&
      grant.grantee.organization_id === reader.organization_id &&
      (grant.customer_ids?.includes(license.customer_id) ||
        grant.license_ids?.includes(license.id) ||
        license.tags.includes(grant.tag ?? ' ')),
  )
  if (covering.length === 0) return undefined
  const level = levels[Math.max(...covering.map((grant) => levels.indexOf(grant.level)))]!
  return { source: covering.some(({ kind }) => kind === 'delegation') ? 'delegated' : 'shared', level }
}

async function aWorld(db: Db, seed: number): Promise<World> {
  const roll = dice(seed)
  const one = <T>(all: readonly T[]) => all[roll(all.length)]!
  const some = <T>(all: readonly T[]) => all.filter(() => roll(3) === 0)
  const product_version_id = await aProduct(db)
  const members: Member[] = []
  for (let n = 0; n < 3; n++) members.push(await aMember(db))
  const customers: string[] = []
  for (let n = 0; n < 3; n++) customers.push(await aCustomer(db, `S${seed}-${n}`))
  const licenses: License[] = []
  for (let n = 0; n < 14; n++) {
    const owner = roll(6) === 0 ? null : one(members)
    const registered_at = new Date(now.getTime() - roll(5) * 86_400_000)
    const ends_on = roll(2) ? `2027-0${1 + roll(4)}-01` : null
    const given = { product_version_id, customer_id: one(customers), ends_on }
    const license = await aLicense(db, owner, owner ? { ...given, registered_at } : given)
    const tags = owner && roll(3) === 0 ? ['red'] : []
    for (const tag of tags) await aTag(db, owner!, license.id, tag)
    licenses.push({ ...license, owner, tags })
  }
  const world: World = { members, licenses, grants: [], bookmarks: new Set() }
  for (let n = 0; n < 7; n++) world.grants.push(await grantOf(db, world, customers, { roll, one, some }))
  for (const license of licenses.filter(() => roll(4) === 0)) {
    const reader = one(members)
    await aBookmark(db, reader, license.id)
    world.bookmarks.add(`${reader.organization_id} ${license.id}`)
  }
  return world
}

type Rolling = {
  roll(sides: number): number
  one<T>(all: readonly T[]): T
  some<T>(all: readonly T[]): T[]
}

/** Some are over, some are of licenses that the granter does not own: neither must show anything. */
async function grantOf(db: Db, world: World, customers: string[], { roll, one, some }: Rolling): Promise<Grant> {
  const owner = one(world.members)
  const grantee = one(world.members.filter((member) => member !== owner))
  const kind = roll(3) === 0 ? ('delegation' as const) : ('share' as const)
  const scope = kind === 'delegation' ? 0 : roll(3)
  const what = [
    { customer_ids: some(customers) },
    { license_ids: [one(world.licenses).id, ...some(world.licenses).map(({ id }) => id)] },
    { tag: 'red' },
  ][scope]!
  if (what.license_ids) what.license_ids = [...new Set(what.license_ids)]
  const end = roll(5)
  const over = end === 0 ? { ended_at: now } : end === 1 ? { ends_at: new Date(now.getTime() - 1000) } : {}
  const later = end === 2 ? { ends_at: new Date(now.getTime() + 1000) } : {}
  const grant = { kind, level: one(levels), ...what }
  await aGrant(db, owner, grantee, { ...grant, ...over, ...later })
  return { ...grant, owner, grantee, live: end > 1 }
}

const ask = (query: Record<string, string>) => catalogQuerySchema.parse(query)

test('list, count, export, detail, search and lock see the same licenses as a plain model does', async (t) => {
  const { db } = await freshDatabase(t)
  for (let seed = 1; seed <= 5; seed++) {
    const world = await aWorld(db, seed)
    for (const reader of world.members) await compare(db, world, reader, `world ${seed}`)
  }
})

async function compare(db: Db, world: World, reader: Member, name: string) {
  const expected = new Map(
    world.licenses.flatMap((license) => {
      const seen = seenBy(world, reader, license)
      return seen ? [[license.serial, seen] as const] : []
    }),
  )
  const serials = [...expected.keys()].sort()
  const page = await listCatalog(db, reader, ask({}))
  assert.deepEqual(page.rows.map(({ serial }) => serial).sort(), serials, `${name}: list`)
  assert.deepEqual(
    [page.total.count, await countAll(db, reader, ask({}))],
    [serials.length, serials.length],
    `${name}: count`,
  )
  const ids = world.licenses.map(({ id }) => id)
  const exported = await listExportRows(db, reader, ids, { with_keys: true })
  assert.deepEqual(exported.map(({ serial }) => serial).sort(), serials, `${name}: export`)
  for (const source of sources) await compareSource(db, reader, source, expected, name)
  for (const license of world.licenses) await compareOne(db, reader, license, expected.get(license.serial), name)
}

async function compareSource(db: Db, reader: Member, source: Source, expected: Map<string, Seen>, name: string) {
  const serials = [...expected].filter(([, seen]) => seen.source === source).map(([serial]) => serial)
  const { rows } = await listCatalog(db, reader, ask({ source }))
  assert.deepEqual(rows.map(({ serial }) => serial).sort(), serials.sort(), `${name}: ${source}`)
  const { rows: arm } = await sql<License>`select serial from ${licenseArms(reader)[source]} l`.execute(db)
  assert.deepEqual(arm.map(({ serial }) => serial).sort(), serials, `${name}: each once in the arm ${source}`)
}

async function compareOne(db: Db, reader: Member, { id, serial }: License, seen: Seen | undefined, name: string) {
  const details = await getLicense(db, reader, serial).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'not_found') return undefined
    throw error
  })
  assert.deepEqual(details && { source: details.source, level: details.level }, seen, `${name}: detail`)
  const found = await listCatalog(db, reader, ask({ q: serial }))
  assert.deepEqual(
    found.rows.map((row) => row.serial),
    seen ? [serial] : [],
    `${name}: search`,
  )
  for (const level of levels) {
    const locked = await db.transaction().execute((trx) => lockHeldLicenses(trx, reader, [id], level))
    const may = seen !== undefined && seen.source !== 'added' && levels.indexOf(seen.level) >= levels.indexOf(level)
    assert.equal(locked.length, may ? 1 : 0, `${name}: lock at ${level}`)
  }
}

test('what is read customer number by customer number comes complete and in the order of all', async (t) => {
  const { db } = await freshDatabase(t)
  for (let seed = 20; seed < 23; seed++) {
    const world = await aWorld(db, seed)
    for (const reader of world.members) {
      for (const by of ordersOfFanned) {
        for (const direction of ['up', 'down'] as const) await compareOrder(db, reader, { by, direction })
      }
      const asked = (await askedBy(db, reader, ask({})))!
      const all = await placesOf(db, reader, { order: { by: 'newest', direction: 'down' }, asked, many: false })
      const parts: string[] = []
      for await (const only of listPairs(db, reader, asked)) {
        parts.push(
          ...(await placesOf(db, reader, { order: { by: 'newest', direction: 'down' }, asked, many: true, only })),
        )
      }
      const granted = new Set<string>()
      for (const source of ['delegated', 'shared'] as const) {
        const { rows } = await sql<License>`select id from ${licenseArms(reader)[source]} l`.execute(db)
        for (const { id } of rows) granted.add(id)
      }
      assert.deepEqual(parts.sort(), all.filter((id) => granted.has(id)).sort())
    }
  }
})

type Asked = Omit<Parameters<typeof listPlaces>[2], 'after' | 'size'>

async function compareOrder(db: Db, reader: Member, order: Asked['order']) {
  const asked = (await askedBy(db, reader, ask({})))!
  const plain = await placesOf(db, reader, { order, asked, many: false })
  const fanned = await placesOf(db, reader, { order, asked: { ...asked, fanned: true }, many: true })
  assert.deepEqual(fanned, plain, `${order.by} ${order.direction}`)
}

/** All of it, three at a time. */
async function placesOf(db: Db, reader: Member, asked: Asked): Promise<string[]> {
  const ids: string[] = []
  for (let after: Place | undefined; ; ) {
    const places = await listPlaces(db, reader, { ...asked, after, size: 3 })
    ids.push(...places.map(({ id }) => id))
    if (places.length < 3) return ids
    after = places.at(-1)
  }
}

test('all that a question finds goes through licenses of others, too', async (t) => {
  const { db } = await freshDatabase(t)
  const world = await aWorld(db, 40)
  for (const reader of world.members) {
    const ids: string[] = []
    for await (const found of foundLicenses(db, reader, ask({}))) ids.push(...found)
    const seen = world.licenses.filter((license) => seenBy(world, reader, license))
    assert.deepEqual(ids.sort(), seen.map(({ id }) => id).sort())
  }
})

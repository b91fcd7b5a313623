import { sql } from 'kysely'
import { type CatalogQuery, foundLicenses, hasLevel, visibleLicenses } from '../licenses/index.ts'
import { type Actor, type Member, mustBe } from '../platform/actor.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { ok, type Result, refuse } from '../platform/errors.ts'
import { isUuid, uuidv7 } from '../platform/ids.ts'
import { type List, type ListLine, mostLines } from './read-list.ts'

/** Rows written in one statement. */
const chunk = 5_000

type Started = Result<{ bulk_id: string }, 'nothing_found' | 'too_many'>

/**
 * Keeps a list of licenses, to do something with all of them. A serial number that is not one of those that the
 * organization owns, or that others share with it, is kept as not found, whether it exists or not.
 * @throws AppError `forbidden` unless the actor is a downloader.
 */
export async function startBulkFromList(db: Db, actor: Actor, list: List): Promise<Started> {
  mustBe(actor, 'downloader')
  if (list.lines.length === 0) return refuse('nothing_found')
  if (list.lines.length > mostLines) return refuse('too_many')
  const { columns, repeated } = list
  return db.transaction().execute(async (trx) => {
    const bulk_id = await insertBulk(trx, actor, { columns, repeated, total: list.lines.length })
    for (let from = 0; from < list.lines.length; from += chunk) {
      await insertSerials(trx, actor, bulk_id, from, list.lines.slice(from, from + chunk))
    }
    return ok({ bulk_id })
  })
}

/** The same for licenses chosen in the catalog, by their ids or serial numbers. */
export async function startBulkFromChosen(db: Db, actor: Actor, chosen: readonly string[]): Promise<Started> {
  mustBe(actor, 'downloader')
  const ids = chosen.filter(isUuid)
  const known = ids.length === 0 ? [] : await serialsOf(db, actor, ids)
  // An id of somebody else's license stands for itself: it will not be found.
  const serials = chosen.map((one) => known.find(({ id }) => id === one)?.serial ?? one)
  const lines = [...new Set(serials)].map((serial) => ({ serial: serial.slice(0, 100), cells: [] }))
  return startBulkFromList(db, actor, { columns: [], lines, repeated: 0 })
}

/** The same for everything that a question to the catalog finds; purchases not registered yet are left out. */
export async function startBulkFromQuery(db: Db, actor: Actor, query: CatalogQuery): Promise<Started> {
  mustBe(actor, 'downloader')
  const ids: string[] = []
  for await (const found of foundLicenses(db, actor, query)) {
    ids.push(...found)
    if (ids.length > mostLines) return refuse('too_many')
  }
  if (ids.length === 0) return refuse('nothing_found')
  return db.transaction().execute(async (trx) => {
    const bulk_id = await insertBulk(trx, actor, { columns: [], repeated: 0, total: 0 })
    let total = 0
    for (let from = 0; from < ids.length; from += chunk) {
      total += await insertHeld(trx, actor, bulk_id, from, ids.slice(from, from + chunk))
    }
    if (total === 0) {
      await trx.deleteFrom('bulk_actions').where('id', '=', bulk_id).execute()
      return refuse('nothing_found')
    }
    await trx.updateTable('bulk_actions').set({ total }).where('id', '=', bulk_id).execute()
    return ok({ bulk_id })
  })
}

/** Of all that the catalog shows: a purchase that nobody registered is not found by the serial number that people know. */
function serialsOf(db: Db, actor: Member, ids: string[]) {
  const visible = db.selectFrom(visibleLicenses(actor).as('l')).select(['l.id', 'l.serial'])
  return visible.where('l.id', '=', sql<string>`any(${ids}::uuid[])`).execute()
}

async function insertBulk(
  trx: Trx,
  { organization_id, user_id, now }: Member,
  given: { columns: string[]; repeated: number; total: number },
): Promise<string> {
  const id = uuidv7()
  const row = { ...given, id, organization_id, user_id, created_at: now, updated_at: now }
  await trx.insertInto('bulk_actions').values(row).execute()
  return id
}

async function insertSerials(trx: Trx, actor: Member, bulk_id: string, from: number, lines: ListLine[]) {
  await sql`
    insert into bulk_action_rows (bulk_action_id, position, serial, license_id, revision, cells, outcome)
    select ${bulk_id}, ${from} + t.n, t.serial, l.id, l.revision, t.cells,
      case when l.id is null then 'not_found' end
    from unnest(${lines.map(({ serial }) => serial)}::text[],
      ${lines.map(({ cells }) => JSON.stringify(cells))}::jsonb[]) with ordinality t (serial, cells, n)
    left join licenses l on l.serial = t.serial and ${hasLevel(actor, 'view', 'l')}`.execute(trx)
}

async function insertHeld(trx: Trx, actor: Member, bulk_id: string, from: number, ids: string[]) {
  const { numAffectedRows } = await sql`
    insert into bulk_action_rows (bulk_action_id, position, serial, license_id, revision)
    select ${bulk_id}, ${from} + t.n, l.serial, l.id, l.revision
    from unnest(${ids}::uuid[]) with ordinality t (id, n)
    join licenses l on l.id = t.id and ${hasLevel(actor, 'view', 'l')}`.execute(trx)
  return Number(numAffectedRows ?? 0)
}

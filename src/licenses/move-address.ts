import { sql } from 'kysely'
import { type Address, findAddress } from '../customers/index.ts'
import { type Actor, mustBe } from '../platform/actor.ts'
import { recordAll } from '../platform/audit.ts'
import { type Db, inTransaction, type Trx } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { type HeldLicense, lockHeldLicenses } from './lock-licenses.ts'
import { type LicenseRefusal, optionFactsOf, refusalOfLicense } from './option-rules.ts'

export type MoveAddress = {
  license_ids: readonly string[]
  address_id: string
  /** By the licenses' ids: those changed since are refused. */
  revisions?: Readonly<Record<string, number>>
  /** Tells what would happen, and changes nothing. */
  dry_run?: boolean
}

export type MoveRefusal = 'not_found' | 'changed' | LicenseRefusal

export type AddressMoved = {
  /** Ids of the licenses that moved, and how many were there already. */
  changed: string[]
  unchanged: number
  refused: { license_id: string; refusal: MoveRefusal }[]
}

/**
 * Moves licenses that the actor's organization may manage to an install-at address, few or thousands, in a fixed number of
 * statements. Each license stands for itself: those refused leave the others alone.
 * @throws AppError `forbidden` unless the actor is a manager; `not_found` for an address that the organization may
 * not use, exactly as for one that does not exist.
 */
export async function moveAddress(db: Db, actor: Actor, input: MoveAddress): Promise<AddressMoved> {
  mustBe(actor, 'manager')
  return inTransaction(db, async (trx) => {
    const address = await findAddress(trx, actor, input.address_id)
    if (!address) throw new AppError('not_found')
    const licenses = new Map((await lockHeldLicenses(trx, actor, input.license_ids)).map((row) => [row.id, row]))
    const refused: AddressMoved['refused'] = []
    const moving: HeldLicense[] = []
    let unchanged = 0
    for (const license_id of new Set(input.license_ids)) {
      const license = licenses.get(license_id)
      const refusal = license ? refusalOf(license, input.revisions) : 'not_found'
      if (refusal) refused.push({ license_id, refusal })
      else if (license!.address_id === address.id) unchanged += 1
      else moving.push(license!)
    }
    if (!input.dry_run) await moveTo(trx, actor, moving, address)
    return { changed: moving.map(({ id }) => id), unchanged, refused }
  })
}

function refusalOf(license: HeldLicense, revisions: MoveAddress['revisions']): MoveRefusal | null {
  const revision = revisions?.[license.id]
  if (revision !== undefined && revision !== license.revision) return 'changed'
  return refusalOfLicense('address', optionFactsOf(license, license.owner_id))
}

/** Writes the move of licenses whose locks the caller holds, with their lines of history. */
export async function moveTo(trx: Trx, actor: Actor, licenses: HeldLicense[], address: Address): Promise<void> {
  if (licenses.length === 0) return
  const before = await readAddresses(trx, licenses)
  const ids = licenses.map(({ id }) => id)
  await sql`
    update licenses set address_id = ${address.id}::uuid, revision = revision + 1
    where id = any(${ids}::uuid[])`.execute(trx)
  const { id: _, ...after } = address
  const events = licenses.map(({ id, owner_id, customer_id, address_id }) => ({
    ...{ organization_id: owner_id, customer_id, license_id: id, subject_id: address.id },
    details: { address: { before: (address_id && before.get(address_id)) || null, after } },
  }))
  await recordAll(trx, actor, 'license.address_changed', events)
}

/** Where the licenses are, by address id. */
async function readAddresses(trx: Trx, licenses: HeldLicense[]): Promise<Map<string, Omit<Address, 'id'>>> {
  const ids = [...new Set(licenses.flatMap(({ address_id }) => address_id ?? []))]
  const { rows } = await sql<Address>`
    select id, company, street, street2, city, region, postal_code, country
    from addresses where id = any(${ids}::uuid[])`.execute(trx)
  return new Map(rows.map(({ id, ...address }) => [id, address]))
}

/** Registered licenses with keys, by the registration's own commands, for tests of what is done with them later. */
import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { Member } from '../src/platform/actor.ts'
import type { Db } from '../src/platform/db/index.ts'
import { completeRegistration, type Issuing } from '../src/registration/index.ts'
import { aLicense, aProduct } from './licensing.ts'
import { aVerifiedDraft } from './registering.ts'

type Deployed = {
  key_scheme?: 'code' | 'signed' | 'file' | 'file_host' | 'pool' | 'printed' | 'none'
  quantity?: number
  /** By host name; what they leave stays undeployed. */
  hosts?: Record<string, number>
  allowance?: number
  ends_on?: string
}

/** A license of the actor's organization; of scheme `file_host` unless told otherwise. */
export async function aDeployedLicense(db: Db, actor: Member, issuing: Issuing, given: Deployed = {}) {
  const { key_scheme = 'file_host', quantity = 10, hosts = { 'old-host': quantity }, allowance = 3, ends_on } = given
  const product = await aProduct(db, { key_scheme })
  await sql`update products set rehost_allowance = ${allowance} where id = ${product.product_id}`.execute(db)
  const license = await aLicense(db, product, { quantity, ...(ends_on && { ends_on }) })
  await register(db, actor, issuing, license.serial, hosts)
  return { ...license, product }
}

/** Registers one serial number on hosts. */
export async function register(db: Db, actor: Member, issuing: Issuing, serial: string, hosts: Record<string, number>) {
  const shares = Object.entries(hosts).map(([id, quantity]) => ({ type: 'hostname', id, quantity }))
  const draft = await aVerifiedDraft(db, actor, [serial], { choices: { [serial]: { hosts: shares } } })
  const done = await completeRegistration(db, actor, draft, issuing)
  assert.ok(done.ok, JSON.stringify(done))
}

/** The active keys as `host quantity`, temporary ones marked; the invariant that they fit is checked on the way. */
export async function deployed(db: Db, serial: string): Promise<string[]> {
  const { rows } = await sql<{ line: string; quantity: number; total: number }>`
    select coalesce(k.host_id, '*') || ' ' || k.quantity || case when k.temporary then ' temporary' else '' end as line,
      k.quantity, l.quantity as total
    from license_keys k join licenses l on l.id = k.license_id
    where l.serial = ${serial} and k.revoked_at is null and k.superseded_at is null order by 1`.execute(db)
  const covered = rows.reduce((sum, { quantity }) => sum + quantity, 0)
  assert.ok(covered <= (rows[0]?.total ?? 0) || covered === 0, `${serial}: ${covered} covered`)
  return rows.map(({ line }) => line)
}

import { sql } from 'kysely'
import type { KeyScheme } from '../keys/index.ts'
import { hasLevel } from '../licenses/index.ts'
import type { Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { isUuid } from './queries.ts'
import type { Purpose } from './wizard.ts'

/** A registration and whose it is: who else owns its licenses by now is shown nothing here. */
export type RegistrationScope = Pick<Registration, 'id' | 'organization_id'>

export type Registration = {
  id: string
  organization_id: string
  purpose: Purpose
  completed_at: Date
  license_count: number
  registered_to: string
  organization_name: string
  keys_in_email: boolean
  registered_by: string | null
}

/** A registration of the actor's organization. @throws AppError `not_found` for another's. */
export async function getRegistration(db: Db, actor: Member, id: string): Promise<Registration> {
  if (!isUuid(id)) throw new AppError('not_found')
  const { rows } = await sql<Registration>`
    select r.id, r.organization_id, coalesce(d.purpose, 'purchase') as purpose, r.completed_at, r.license_count, r.registered_to,
      o.name as organization_name,
      o.keys_in_email and not exists (select from licenses l join organizations w on w.id = l.owner_id
        where l.registration_id = r.id and not w.keys_in_email and ${hasLevel(actor, 'download', 'l')}) as keys_in_email,
      u.name as registered_by
    from registrations r join organizations o on o.id = r.organization_id left join auth."user" u on u.id = r.user_id
    left join registration_drafts d on d.id = r.draft_id
    where r.id = ${id} and r.organization_id = ${actor.organization_id}`.execute(db)
  if (!rows[0]) throw new AppError('not_found')
  return rows[0]
}

/** A license of a registration with one of its keys; a license without keys has one row, too. */
export type IssuedKey = {
  license_id: string
  serial: string
  /** The serial number of the license that it is the upgrade of. */
  upgraded_from: string | null
  product_code: string
  product: string
  version: string
  quantity: number
  key_scheme: KeyScheme
  key_id: string | null
  key_quantity: number | null
  host_type: string | null
  host_id: string | null
  key_text: string | null
  file_name: string | null
  file_content: string | null
}

/**
 * What a registration issued and is still active and the organization's own, page by page.
 * `files` reads the content of license files as well.
 */
export async function listIssuedKeys(
  db: Db,
  registration: RegistrationScope,
  page: { after?: string | undefined; limit: number; files?: boolean },
): Promise<IssuedKey[]> {
  const content = page.files ? sql`k.file_content` : sql`null::text`
  const { rows } = await sql<IssuedKey>`
    select l.id as license_id, l.serial, f.serial as upgraded_from, p.code as product_code, p.name as product, v.version, l.quantity, p.key_scheme,
      k.id as key_id, k.quantity as key_quantity, k.host_type, k.host_id, k.key_text, k.file_name,
      ${content} as file_content
    from (
      select * from licenses where registration_id = ${registration.id}
        and ${hasLevel({ organization_id: registration.organization_id }, 'download')}
        and id > coalesce(${page.after ?? null}::uuid, '00000000-0000-0000-0000-000000000000')
      order by id limit ${page.limit}
    ) l
    join product_versions v on v.id = l.product_version_id
    join products p on p.id = v.product_id
    left join licenses f on f.id = l.upgraded_from_license_id
    left join license_keys k on k.license_id = l.id and k.superseded_at is null and k.revoked_at is null
    order by l.id, k.id`.execute(db)
  return rows
}

/** All of what `listIssuedKeys` lists, a page at a time, so that no registration is too large. */
export async function* issuedKeys(
  db: Db,
  registration: RegistrationScope,
  { files = false }: { files?: boolean } = {},
): AsyncGenerator<IssuedKey[]> {
  for (let after: string | undefined; ; ) {
    const page = await listIssuedKeys(db, registration, { after, limit: 500, files })
    if (page.length === 0) return
    yield page
    after = page.at(-1)!.license_id
  }
}

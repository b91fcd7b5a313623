import { sql } from 'kysely'
import type { Trx } from '../platform/db/index.ts'
import type { Choices, Details } from './schemas.ts'

/** A serial number for a draft, with what is entered for it alone. */
export type DraftLicense = { serial: string; choices: Choices }

/** Puts serial numbers into a draft, after those it has. The caller holds its lock, and they are in no draft yet. */
export async function addDraftLicenses(trx: Trx, draft_id: string, licenses: readonly DraftLicense[]): Promise<void> {
  await sql`
    insert into registration_draft_serials (draft_id, position, serial, choices)
    select ${draft_id}, n + (select coalesce(max(position), 0) from registration_draft_serials
      where draft_id = ${draft_id}), serial, choices
    from unnest(${licenses.map(({ serial }) => serial)}::text[],
      ${licenses.map(({ choices }) => JSON.stringify(choices))}::jsonb[]) with ordinality as t (serial, choices, n)
  `.execute(trx)
}

/** Takes serial numbers out of a draft. The caller holds its lock. */
export async function dropDraftLicenses(trx: Trx, draft_id: string, serials: readonly string[]): Promise<void> {
  await sql`
    delete from registration_draft_serials
    where draft_id = ${draft_id} and serial = any(${[...serials]}::text[])`.execute(trx)
}

/** Fills in what the Registration step asks, unless it was entered already. The caller holds the draft's lock. */
export async function proposeDetails(trx: Trx, draft_id: string, details: Details): Promise<void> {
  await sql`
    update registration_drafts set details = ${JSON.stringify(details)}::jsonb
    where id = ${draft_id} and details ->> 'registered_to' is null`.execute(trx)
}

import { sql } from 'kysely'
import type { Member } from '../platform/actor.ts'
import { type Db, prepared } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { type Details, detailsSchema } from './schemas.ts'
import type { Purpose } from './wizard.ts'

/** An open draft that nobody touched for so many days is as good as discarded, and purged. */
export const draftDays = 90

export type Draft = {
  id: string
  purpose: Purpose
  organization_id: string
  organization_name: string
  /** Whether the organization allows license keys in e-mails, and every other one whose licenses it upgrades. */
  keys_in_email: boolean
  details: Details
  revision: number
  updated_at: Date
  submitted_at: Date | null
  completed_at: Date | null
  refusal: string | null
  progress_done: number
  progress_total: number
  /** The registration it became. */
  registration_id: string | null
}

/**
 * A draft of the actor's organization: any of its managers may go on with it.
 * @throws AppError `not_found` for another organization's or of another wizard, `gone` for one discarded or too old.
 */
export async function getDraft(db: Db, actor: Member, draft_id: string, purpose: Purpose = 'purchase'): Promise<Draft> {
  if (!isUuid(draft_id)) throw new AppError('not_found')
  const { rows } = await sql<
    Omit<Draft, 'details' | 'refusal'> & { details: unknown; refusal: unknown; discarded_at: Date | null }
  >`${prepared}
    select d.id, d.purpose, d.organization_id, d.details, d.revision, d.updated_at, d.submitted_at, d.completed_at,
      d.discarded_at, d.refusal, d.progress_done, d.progress_total, o.name as organization_name,
      o.keys_in_email and not exists (select from upgrade_selections s join licenses l on l.id = s.license_id
        join organizations w on w.id = l.owner_id where s.draft_id = d.id and not w.keys_in_email) as keys_in_email,
      r.id as registration_id
    from registration_drafts d
    join organizations o on o.id = d.organization_id
    left join registrations r on r.draft_id = d.id
    where d.id = ${draft_id}::uuid and d.organization_id = ${actor.organization_id}::uuid
      and d.purpose = ${purpose}`.execute(db)
  const row = rows[0]
  if (!row) throw new AppError('not_found')
  const { discarded_at, ...draft } = row
  if (discarded_at || (!draft.completed_at && draft.updated_at < oldestDraft(actor.now))) throw new AppError('gone')
  return { ...draft, details: detailsSchema.parse(draft.details), refusal: refusalIn(draft.refusal) }
}

export function oldestDraft(now: Date): Date {
  return new Date(now.getTime() - draftDays * 86_400_000)
}

function refusalIn(refusal: unknown): string | null {
  const code = (refusal as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : null
}

export type OpenDraft = {
  id: string
  purpose: Purpose
  updated_at: Date
  submitted: boolean
  serials: number
  first_serial: string | null
}

/** Drafts that a manager of the organization may resume, the latest first. */
export async function listOpenDrafts(db: Db, actor: Member, limit = 20, purpose?: Purpose): Promise<OpenDraft[]> {
  const rows = await db
    .selectFrom('registration_drafts as d')
    .select((e) => [
      'd.id',
      'd.purpose',
      'd.updated_at',
      e('d.submitted_at', 'is not', null).$castTo<boolean>().as('submitted'),
    ])
    .select((e) => [
      e
        .selectFrom('registration_draft_serials as s')
        .select((s) => s.fn.countAll<number>().as('count'))
        .whereRef('s.draft_id', '=', 'd.id')
        .as('serials'),
      e
        .selectFrom('registration_draft_serials as s')
        .select('s.serial')
        .whereRef('s.draft_id', '=', 'd.id')
        .orderBy('s.position')
        .limit(1)
        .as('first_serial'),
    ])
    .where('d.organization_id', '=', actor.organization_id)
    .where('d.completed_at', 'is', null)
    .where('d.discarded_at', 'is', null)
    .where('d.updated_at', '>=', oldestDraft(actor.now))
    .$if(purpose !== undefined, (q) => q.where('d.purpose', '=', purpose!))
    .orderBy('d.updated_at', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ ...row, purpose: row.purpose as Purpose, serials: row.serials ?? 0 }))
}

export function isUuid(id: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)
}

export async function countSerials(db: Db, draft_id: string): Promise<number> {
  const query = db.selectFrom('registration_draft_serials').select((e) => e.fn.countAll<number>().as('count'))
  return (await query.where('draft_id', '=', draft_id).executeTakeFirstOrThrow()).count
}

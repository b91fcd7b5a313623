import { sql } from 'kysely'
import { type Level, roleOn } from '../licenses/index.ts'
import { type Actor, isAtLeast, type Member, mustBe, type Role } from '../platform/actor.ts'
import { type Db, statement } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'

/** For whom a session acts. `everything`: one delegation gives all its customer numbers, and those to come, in full. */
export type Acting = {
  organization_id: string
  name: string
  partner_id: string
  partner_name: string
  level: Level
  everything: boolean
}

/**
 * Makes a session of a partner act for a customer, on pages about licenses, until it stops.
 * @throws AppError `not_found` unless the customer delegates licenses to the actor's organization now.
 */
export async function actFor(
  db: Db,
  actor: Member,
  { session_id, customer_id }: { session_id: string; customer_id: string },
): Promise<void> {
  mustBe(actor, 'viewer')
  const { rows } = await sql`
    insert into acting_sessions (session_id, partner_id, customer_id, since)
    select s.id, ${actor.organization_id}::uuid, ${customer_id}::uuid, ${actor.now} from auth.session s
    where s.id = ${session_id} and s."userId" = ${actor.user_id} and ${delegates(sql`${customer_id}::uuid`, sql`${actor.organization_id}::uuid`)}
    on conflict (session_id) do update set partner_id = excluded.partner_id, customer_id = excluded.customer_id,
      since = excluded.since
    returning session_id`.execute(db)
  if (rows.length === 0) throw new AppError('not_found')
}

/** Acts for the own organization again. */
export async function stopActing(db: Db, { session_id }: { session_id: string }): Promise<void> {
  await db.deleteFrom('acting_sessions').where('session_id', '=', session_id).execute()
}

const inForce = sql`g.kind = 'delegation' and g.ended_at is null and (g.ends_at is null or g.ends_at > now())`

function delegates(customer: ReturnType<typeof sql>, partner: ReturnType<typeof sql>) {
  return sql`exists (select from license_grants g
    where ${inForce} and g.owner_id = ${customer} and g.grantee_id = ${partner})`
}

/** Whom a session acts for now: undefined once the delegation ended, or while the user works for somebody else. */
export async function findActing(db: Db, session_id: string, partner_id: string): Promise<Acting | undefined> {
  const [found] = await actingNow.rows(db, { session_id, partner_id })
  return found
}

const actingNow = statement(
  ['session_id', 'partner_id'],
  ({ session_id, partner_id }) => sql<Acting>`
    select a.customer_id as organization_id, c.name, a.partner_id, p.name as partner_name, d.level, d.everything
    from acting_sessions a join organizations c on c.id = a.customer_id join organizations p on p.id = a.partner_id
    cross join lateral (
      select (array['view', 'download', 'full'])[max(g.rank)] as level, bool_or(g.level = 'full' and g.new_numbers and not exists (
          select from customer_associations x where x.organization_id = g.owner_id and not exists (
            select from license_grant_customers n where n.grant_id = g.id and n.customer_id = x.customer_id)))
          as everything
      from license_grants g where ${inForce} and g.owner_id = a.customer_id and g.grantee_id = a.partner_id
      having count(*) > 0) d
    where a.session_id = ${session_id} and a.partner_id = ${partner_id}`,
)

/** The partner's user as actor for the customer: the lower of the own role and the level of the delegation. */
export function actingAs(actor: Actor, acting: Acting): Actor {
  if (!isAtLeast(actor, 'viewer') || actor.organization_id !== acting.partner_id) return actor
  const role: Role = roleOn(actor.role, { own: false, level: acting.level })
  const via = { organization_id: acting.partner_id, name: acting.partner_name }
  return { ...actor, organization_id: acting.organization_id, role, via }
}

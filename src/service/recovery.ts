import { sql } from 'kysely'
import { z } from 'zod'
import { appointAdministrator } from '../organizations/index.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { type Choice, defineRequestKind, type Fact, type Reading, type ServiceRequest } from '../requests/index.ts'

const detailsSchema = z.object({ organization: z.string(), customer_number: z.string(), description: z.string() })
type Details = z.infer<typeof detailsSchema>
type Request = ServiceRequest<Details, string | null>

/** Organizations that an operator is offered. */
const mostCandidates = 10

/**
 * Account recovery: accepting it makes whoever asked an administrator of the organization that the operator chose, for
 * the reason that the operator gives. Source: domain.md §8, "Succession".
 */
export const recoveryRequests = defineRequestKind<Details, undefined, string | null>({
  kind: 'recovery',
  details: detailsSchema,
  facts({ t }, { details: { organization, customer_number, description } }) {
    return [
      { label: t('service.recovery.organization'), value: organization },
      ...(customer_number ? [{ label: t('customers.number'), value: customer_number }] : []),
      { label: t('service.recovery.description'), value: description },
    ]
  },
  decisionFacts,
  async choices({ db, t }, request) {
    const options = (await listCandidates(db, request)).map(({ id, name, administrators }) => ({
      value: id,
      text: t('service.recovery.candidate', { name, count: administrators.length }),
    }))
    const label = t('service.recovery.choice')
    if (options.length > 0) return [{ name: 'organization', label, options, required: true }]
    return [{ name: 'organization_name', label, hint: t('service.recovery.choice_hint'), required: true }] as Choice[]
  },
  async accept(trx, actor, request, _prepared, { chosen, reason, config }) {
    if (!reason) return { ok: false, text: 'service.recovery.reason_missing' }
    const asker = await trx.selectFrom('auth.user').select('id').where('id', '=', request.opened_by).executeTakeFirst()
    if (request.opened_by === actor.user_id) return { ok: false, text: 'service.recovery.own' }
    if (!asker) return { ok: false, text: 'service.recovery.gone' }
    const organization_id = await findChosen(trx, request, chosen)
    if (!organization_id) return { ok: false, text: 'service.recovery.choose' }
    const appointment = { organization_id, user_id: asker.id, reason }
    const appointed = await appointAdministrator(trx, actor, appointment, config)
    return appointed ? { ok: true } : { ok: false, text: 'service.recovery.already' }
  },
})

type Candidate = {
  id: string
  name: string
  created_at: Date
  members: number
  administrators: { email: string; seen: string | null }[]
}

/** Organizations that may be meant: the asker's own, and those with the name or the customer number that was given. */
async function listCandidates(db: Db | Trx, { organization_id, details }: Request): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`
    with meant as (
      select id from organizations where id = ${organization_id}::uuid
      union select id from organizations where lower(name) = lower(${details.organization})
      union select a.organization_id from customers c join customer_associations a on a.customer_id = c.id
        where c.number = ${details.customer_number}
      limit ${mostCandidates})
    select o.id, o.name, o.created_at,
      (select count(*)::int from memberships m where m.organization_id = o.id) as members,
      coalesce((select jsonb_agg(jsonb_build_object('email', u.email, 'seen',
          (select max(s."updatedAt") from auth."session" s where s."userId" = u.id)) order by u.email)
        from memberships m join auth."user" u on u.id = m.user_id
        where m.organization_id = o.id and m.role = 'administrator'), '[]') as administrators
    from meant join organizations o on o.id = meant.id order by o.name, o.id`.execute(db)
  return rows
}

async function decisionFacts({ db, t, format }: Reading, request: Request): Promise<Fact[]> {
  const candidates = await listCandidates(db, request)
  if (candidates.length === 0) {
    return [{ label: t('service.recovery.candidates'), value: t('service.recovery.no_candidates') }]
  }
  return candidates.map(({ name, created_at, members, administrators }) => ({
    label: t('service.recovery.candidate_named', { name }),
    value: [
      t('service.recovery.members', { count: members, since: format.moment(created_at) }),
      ...administrators.map(({ email, seen }) =>
        seen
          ? t('service.recovery.seen', { email, when: format.moment(new Date(seen)) })
          : t('service.recovery.never_seen', { email }),
      ),
    ].join('\n'),
  }))
}

/** One of those that were offered, or the only one with the name that was typed. */
async function findChosen(trx: Trx, request: Request, chosen: Readonly<Record<string, string>>) {
  const candidates = await listCandidates(trx, request)
  if (chosen.organization) return candidates.find(({ id }) => id === chosen.organization)?.id
  const name = chosen.organization_name?.trim()
  if (!name) return undefined
  const named = await trx
    .selectFrom('organizations')
    .select('id')
    .where(sql<string>`lower(name)`, '=', name.toLowerCase())
    .limit(2)
    .execute()
  return named.length === 1 ? named[0]!.id : undefined
}

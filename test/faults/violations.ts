/** What must hold in the database at every moment, whatever happened to the processes around it. */
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../src/platform/db/index.ts'

/** A registration whose confirmation page was shown to somebody. */
export type Confirmed = { registration_id: string; serials: string[]; organization_id: string }

/** @returns one line per broken promise, with examples; none when all is well. */
export async function findViolations(db: Db, confirmed: Confirmed[]): Promise<string[]> {
  const lines: string[] = []
  for (const [promise, query] of Object.entries({ ...acknowledged(confirmed), ...consistency })) {
    const { rows } = await sql<{ what: string }>`${query}`.execute(db)
    if (rows.length > 0) lines.push(`${promise}: ${rows.length}, for example ${rows[0]!.what}`)
  }
  return lines
}

function acknowledged(confirmed: Confirmed[]): Record<string, RawBuilder<unknown>> {
  const one = confirmed.flatMap(({ registration_id, serials, organization_id }) =>
    serials.map((serial) => ({ registration_id, serial, organization_id })),
  )
  const rows = sql`json_to_recordset(${JSON.stringify(one)}::json)
    as a (registration_id uuid, serial text, organization_id uuid)`
  return {
    'an acknowledged license is not registered': sql`
      select a.serial as what from ${rows}
      left join licenses l on l.serial = a.serial and l.registration_id = a.registration_id
        and l.owner_id = a.organization_id and l.registered_at is not null
      where l.id is null`,
    'an acknowledged registration has other licenses': sql`
      select r.id::text as what from registrations r
      join (select registration_id, count(*) as serials from ${rows} group by 1) c on c.registration_id = r.id
      where r.license_count <> c.serials`,
  }
}

const consistency: Record<string, RawBuilder<unknown>> = {
  'a registration has too few or too many licenses or lines of history': sql`
    select r.id::text as what from registrations r
    left join (select registration_id, count(*) as n from licenses group by 1) l on l.registration_id = r.id
    left join (select subject_id, count(*) filter (where action = 'license.registered') as licenses,
        count(*) filter (where action = 'registration.completed') as completions
      from events where action in ('license.registered', 'registration.completed') group by 1) e on e.subject_id = r.id
    where r.license_count is distinct from l.n or e.licenses is distinct from l.n or e.completions is distinct from 1`,
  'a registered license has not exactly one line of history, or another owner than its registration': sql`
    select l.serial as what from licenses l join registrations r on r.id = l.registration_id
    left join (select license_id, count(*) as n, min(subject_id::text) as registration_id from events
      where action = 'license.registered' group by 1) e on e.license_id = l.id
    where e.n is distinct from 1 or e.registration_id <> r.id::text or l.owner_id is distinct from r.organization_id`,
  'a license is half registered': sql`
    select l.serial as what from licenses l
    where l.registered_at is null and (l.owner_id is not null
      or exists (select from license_keys k where k.license_id = l.id)
      or exists (select from events e where e.license_id = l.id and e.action = 'license.registered'))`,
  'active keys do not cover exactly the quantity of a registered license': sql`
    select l.serial as what from licenses l
    join product_versions v on v.id = l.product_version_id join products p on p.id = v.product_id
    left join (select license_id, sum(quantity) as covered from license_keys
      where revoked_at is null and superseded_at is null group by 1) k on k.license_id = l.id
    where l.registered_at is not null and coalesce(k.covered, 0) <> case p.key_scheme when 'none' then 0 else l.quantity end`,
  'a key of a pool was handed out twice, or to nobody': sql`
    select k.key_text as what from license_keys k left join pool_keys p on p.license_key_id = k.id
    where k.scheme = 'pool' and (p.id is null or p.key_text <> k.key_text)
    union all
    select min(key_text) from license_keys where scheme in ('pool', 'code') group by key_text having count(*) > 1
    union all
    select p.key_text from pool_keys p left join license_keys k on k.id = p.license_key_id
    where p.license_key_id is not null and k.id is null`,
  'a license file lacks its content or its signing key': sql`
    select id::text as what from license_keys where (scheme in ('file', 'file_host') and (file_content is null or kid is null))
      or (scheme = 'signed' and (key_text is null or kid is null))`,
  'a draft and its registration disagree': sql`
    select d.id::text as what from registration_drafts d left join registrations r on r.draft_id = d.id
    where (d.completed_at is null) <> (r.id is null) or (d.completed_at is not null and d.submitted_at is not null)`,
  'a submitted draft has no job': sql`
    select d.id::text as what from registration_drafts d
    where d.submitted_at is not null and not exists (select from jobs.job_common j
      where j.name = 'registration.complete' and j.data ->> 'draft_id' = d.id::text
        and j.state in ('created', 'retry', 'active'))`,
  'a job gave up': sql`select name as what from jobs.job_common where state = 'failed'`,
  'mails to the buyer or the contact of a registration are missing or double': sql`
    select format('%s: buyer %s, contact %s', r.id, m.buyer, m.contact) as what from registrations r
    left join (select substring(text from 'registrations/([0-9a-f-]{36})') as registration_id,
        count(*) filter (where template = 'registration.buyer') as buyer,
        count(*) filter (where template = 'registration.contact') as contact
      from mails group by 1) m on m.registration_id = r.id::text
    where m.buyer is distinct from 1 or m.contact is distinct from 1`,
  // Those name no registration: they are told apart by the moment that they share with it.
  'mails to who ordered are missing or double': sql`
    select format('%s: %s instead of %s', coalesce(m.at, r.at), m.n, r.n) as what
    from (select created_at as at, count(*) as n from mails where template = 'registration.order_contact' group by 1) m
    full join (select r.completed_at as at, count(distinct (r.id, o.contact_email)) as n
      from registrations r join licenses l on l.registration_id = r.id
      join order_lines ol on ol.id = l.order_line_id join orders o on o.id = ol.order_id
      where o.contact_email is not null group by 1) r on r.at = m.at
    where m.n is distinct from r.n`,
  'an imported order line has not exactly one license, or history counts other ones': sql`
    select 'order line ' || ol.id as what from order_lines ol join orders o on o.id = ol.order_id
    left join licenses l on l.order_line_id = ol.id
    where o.number like 'SO-%' group by ol.id having count(l.id) <> 1
    union all
    select 'created according to history: ' || told from (
      select coalesce(sum((details ->> 'lines')::int), 0) as told,
        (select count(*) from order_lines ol join orders o on o.id = ol.order_id where o.number like 'SO-%') as present
      from events where action = 'order.imported') t
    where told <> present`,
}

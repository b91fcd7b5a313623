-- Sharing and delegation: licenses that an organization lets another one see, take keys from, or manage.

create table license_grants (
  id uuid primary key,
  kind text not null check (kind in ('share', 'delegation')),
  owner_id uuid not null references organizations (id),
  grantee_id uuid references organizations (id),
  grantee_email text not null check (grantee_email = lower(grantee_email) and length(grantee_email) <= 254),
  scope text not null check (scope in ('customers', 'licenses', 'tag', 'search')),
  level text not null check (level in ('view', 'download', 'full')),
  rank smallint not null generated always as (case level when 'view' then 1 when 'download' then 2 else 3 end) stored,
  tag text collate "C",
  search_name text,
  search_query text check (length(search_query) <= 4000),
  new_numbers boolean not null default false,
  ends_on date,
  ends_at timestamptz,
  created_at timestamptz not null,
  created_by uuid not null,
  ended_at timestamptz,
  ended_by uuid,
  check (grantee_id <> owner_id),
  check ((scope = 'tag') = (tag is not null)),
  check ((scope = 'search') = (search_name is not null) and (scope = 'search') = (search_query is not null)),
  check ((ends_on is null) = (ends_at is null)),
  check (scope = 'customers' or not new_numbers),
  check (kind = 'share' or scope = 'customers')
);
comment on table license_grants is 'One organization lets another one use licenses that it owns; what becomes somebody else''s property is granted no more.';
comment on column license_grants.grantee_id is 'None while the person invited has no confirmed account; set by triggers.';
comment on column license_grants.grantee_email is 'The user name that was typed.';
comment on column license_grants.rank is 'The level as a number: the highest of several counts.';
comment on column license_grants.search_query is 'What the saved search asked; a job lists anew each night what it finds.';
comment on column license_grants.new_numbers is 'Customer numbers that the owner gets later are granted, too; see grant_new_number.';
comment on column license_grants.ends_at is 'The end of the day ends_on where it was typed. From then on nothing is granted, whether or not a job has noted it.';
create index license_grants_grantee on license_grants (grantee_id) where ended_at is null and grantee_id is not null;
create index license_grants_owner on license_grants (owner_id, created_at desc, id desc);
create index license_grants_invited on license_grants (grantee_email) where ended_at is null and grantee_id is null;
create index license_grants_ending on license_grants (ends_at) where ended_at is null and ends_at is not null;

create table license_grant_customers (
  grant_id uuid not null references license_grants (id),
  customer_id uuid not null references customers (id),
  primary key (grant_id, customer_id)
);
comment on table license_grant_customers is 'The customer numbers whose licenses are granted.';

create table license_grant_licenses (
  grant_id uuid not null references license_grants (id),
  license_id uuid not null references licenses (id),
  primary key (grant_id, license_id)
);
comment on table license_grant_licenses is 'Licenses that are granted one by one.';
create index license_grant_licenses_license on license_grant_licenses (license_id);

-- What is split off a license that is granted by itself is granted with it.
create function grant_split() returns trigger language plpgsql as $$
begin
  insert into license_grant_licenses (grant_id, license_id)
    select grant_id, new.id from license_grant_licenses where license_id = new.split_from_license_id
    on conflict do nothing;
  return null;
end $$;
create trigger licenses_grants after insert on licenses
  for each row when (new.split_from_license_id is not null) execute function grant_split();

-- Whoever was invited gets what was granted as soon as the address is confirmed and there is an organization for it.
create function bind_grants(invited uuid) returns void language sql as $$
  update license_grants g set grantee_id = m.organization_id
  from auth."user" u, lateral (
    select organization_id from memberships where user_id = u.id order by created_at, organization_id limit 1) m
  where u.id = invited and u."emailVerified" and g.grantee_email = u.email and g.grantee_id is null
    and g.ended_at is null and g.owner_id <> m.organization_id
$$;
create function bind_grants_of_member() returns trigger language plpgsql as $$
begin
  perform bind_grants(new.user_id);
  return null;
end $$;
create trigger memberships_grants after insert on memberships for each row execute function bind_grants_of_member();
create function bind_grants_of_user() returns trigger language plpgsql as $$
begin
  perform bind_grants(new.id);
  return null;
end $$;
create trigger user_grants after update of "emailVerified" on auth."user"
  for each row when (new."emailVerified" and not old."emailVerified") execute function bind_grants_of_user();

create function grant_new_number() returns trigger language plpgsql as $$
begin
  insert into license_grant_customers (grant_id, customer_id)
    select id, new.customer_id from license_grants
    where owner_id = new.organization_id and new_numbers and ended_at is null
    on conflict do nothing;
  return null;
end $$;
create trigger customer_associations_grants after insert on customer_associations
  for each row execute function grant_new_number();

-- The License Catalog reads what was shared customer number by customer number, each in the order of the page.
create index licenses_owner_customer_newest on licenses (owner_id, customer_id, coalesce(registered_at, created_at), id)
  where owner_id is not null;
create index licenses_owner_customer_end on licenses (owner_id, customer_id, coalesce(ends_on, 'infinity'::date), id)
  where owner_id is not null;
create index licenses_owner_customer_serial on licenses (owner_id, customer_id, serial, id) where owner_id is not null;

-- Who acted for somebody else is part of the history, and of its chain; lines without it hash as before.
alter table events add column actor_organization_id uuid references organizations (id);
comment on column events.actor_organization_id is 'The organization that the actor works for, where it acted on behalf of another one.';
create or replace function event_hash(previous bytea, e events) returns bytea language sql stable parallel safe as $$
  select sha256(coalesce(previous, ''::bytea) || convert_to((jsonb_build_object(
    'id', e.id, 'at', (extract(epoch from e.at) * 1000000)::bigint, 'action', e.action,
    'actor_kind', e.actor_kind, 'actor_user_id', e.actor_user_id,
    'actor_name', case when e.actor_user_id is null then e.actor_name end, 'on_behalf_of', e.on_behalf_of,
    'organization_id', e.organization_id, 'customer_id', e.customer_id, 'license_id', e.license_id,
    'subject_id', e.subject_id, 'details', e.details, 'request_id', e.request_id,
    'chain_number', e.chain_number) || case when e.actor_organization_id is null then '{}'::jsonb
      else jsonb_build_object('actor_organization_id', e.actor_organization_id) end)::text, 'UTF8'))
$$;

-- Delegation: a channel partner acts for a customer that consented, and hands over the keys it gets.

create table delegation_requests (
  id uuid primary key,
  partner_id uuid not null references organizations (id),
  customer_id uuid references organizations (id),
  customer_email text not null check (customer_email = lower(customer_email) and length(customer_email) <= 254),
  level text not null check (level in ('view', 'download', 'full')),
  message text not null default '' check (length(message) <= 2000),
  state text not null check (state in ('asked', 'granted', 'refused', 'withdrawn')),
  asked_at timestamptz not null,
  asked_by uuid not null,
  answered_at timestamptz,
  answered_by uuid,
  check (partner_id <> customer_id),
  check ((state = 'asked') = (answered_at is null))
);
comment on table delegation_requests is 'A partner asks a customer for a delegation; an administrator of the customer consents or refuses.';
comment on column delegation_requests.customer_id is 'None while the person asked has no confirmed account; set by triggers.';
create unique index delegation_requests_open on delegation_requests (partner_id, customer_email) where state = 'asked';
create index delegation_requests_customer on delegation_requests (customer_id) where state = 'asked' and customer_id is not null;
create index delegation_requests_invited on delegation_requests (customer_email) where state = 'asked' and customer_id is null;

create function bind_delegation_requests(invited uuid) returns void language sql as $$
  update delegation_requests r set customer_id = m.organization_id
  from auth."user" u, lateral (
    select organization_id from memberships where user_id = u.id order by created_at, organization_id limit 1) m
  where u.id = invited and u."emailVerified" and r.customer_email = u.email and r.customer_id is null
    and r.state = 'asked' and r.partner_id <> m.organization_id
$$;
create function bind_delegation_requests_of_member() returns trigger language plpgsql as $$
begin
  perform bind_delegation_requests(new.user_id);
  return null;
end $$;
create trigger memberships_delegation_requests after insert on memberships
  for each row execute function bind_delegation_requests_of_member();
create function bind_delegation_requests_of_user() returns trigger language plpgsql as $$
begin
  perform bind_delegation_requests(new.id);
  return null;
end $$;
create trigger user_delegation_requests after update of "emailVerified" on auth."user"
  for each row when (new."emailVerified" and not old."emailVerified")
  execute function bind_delegation_requests_of_user();

create table acting_sessions (
  session_id uuid primary key references auth."session" ("id") on delete cascade,
  partner_id uuid not null references organizations (id),
  customer_id uuid not null references organizations (id),
  since timestamptz not null
);
comment on table acting_sessions is 'Sessions of partners that act for a customer. Whether they still may is asked with each request.';

create table key_handovers (
  id uuid primary key,
  license_id uuid not null references licenses (id),
  owner_id uuid not null references organizations (id),
  partner_id uuid not null references organizations (id),
  to_email text not null check (length(to_email) <= 254),
  keys integer not null check (keys > 0),
  newest_key_at timestamptz not null,
  handed_at timestamptz not null,
  handed_by uuid not null
);
comment on table key_handovers is 'Proof that a partner sent the keys of a license to its customer.';
comment on column key_handovers.newest_key_at is 'When the newest key that was sent was issued: keys made later are still to be handed over.';
create index key_handovers_license on key_handovers (license_id, handed_at desc);
create index key_handovers_partner on key_handovers (partner_id, owner_id, handed_at desc);

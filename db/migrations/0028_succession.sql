-- Succession: an organization whose administrators are all gone gets a new one, after a time in which they are told.

create table organization_domains (
  organization_id uuid not null references organizations (id),
  domain text collate "C" not null check (domain = lower(domain) and length(domain) between 3 and 253),
  token text not null,
  added_at timestamptz not null,
  added_by uuid not null,
  verified_at timestamptz,
  primary key (organization_id, domain)
);
comment on table organization_domains is 'E-mail domains of an organization, verified by a TXT record; colleagues there may recover it.';
create index organization_domains_verified on organization_domains (domain) where verified_at is not null;

create table recoveries (
  id uuid primary key,
  organization_id uuid not null references organizations (id),
  user_id uuid not null,
  grounds text not null check (grounds in ('member', 'domain')),
  state text not null check (state in ('waiting', 'completed', 'stopped', 'withdrawn')),
  asked_at timestamptz not null,
  due_at timestamptz not null,
  reminded_at timestamptz,
  ended_at timestamptz,
  ended_by uuid,
  check ((state = 'waiting') = (ended_at is null))
);
comment on table recoveries is 'Somebody asks to become administrator of an organization whose administrators are gone.';
comment on column recoveries.ended_by is 'Who stopped or withdrew it; none where the job decided.';
create unique index recoveries_waiting on recoveries (organization_id) where state = 'waiting';
create index recoveries_due on recoveries (due_at) where state = 'waiting';
create index recoveries_user on recoveries (user_id, asked_at desc);

-- When somebody signed in last, and whose address refuses mails for good.
create index events_sign_ins on events (actor_user_id, at desc) where action = 'account.signed_in';
create index mails_parked_to on mails (to_address, parked_at) where parked_at is not null;

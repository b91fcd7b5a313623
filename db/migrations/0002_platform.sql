-- What every module uses: history, outgoing mail, rate limits.

create table events (
  id uuid primary key,
  at timestamptz not null,
  action text not null check (action ~ '^[a-z_]+\.[a-z_]+$'),
  actor_kind text not null check (actor_kind in ('user', 'operator', 'system', 'machine')),
  actor_user_id uuid,
  actor_name text not null,
  on_behalf_of uuid references organizations (id),
  organization_id uuid references organizations (id),
  customer_id uuid,
  license_id uuid,
  subject_id uuid,
  details jsonb not null default '{}',
  request_id text,
  address text
);
comment on table events is 'History: who, on whose behalf, what, when, before and after. Append-only.';
comment on column events.organization_id is 'The organization in whose history this line shows.';
comment on column events.subject_id is 'The row the action was about, when it is not a license.';
create index events_license on events (license_id, at desc, id desc) where license_id is not null;
create index events_organization on events (organization_id, at desc, id desc) where organization_id is not null;

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger events_append_only before update or delete or truncate on events
  for each statement execute function refuse_change();

create table mails (
  id uuid primary key,
  message_id text not null unique,
  template text not null,
  to_address text not null,
  to_name text,
  locale text not null,
  subject text not null,
  text text not null,
  html text not null,
  created_at timestamptz not null,
  next_attempt_at timestamptz not null,
  attempts integer not null default 0 check (attempts >= 0),
  sent_at timestamptz,
  parked_at timestamptz,
  last_error text,
  check (sent_at is null or parked_at is null)
);
comment on table mails is 'Outgoing mail, written in the transaction of the change it tells about; sent by a job, or parked when refused for good.';
create index mails_due on mails (next_attempt_at, id) where sent_at is null and parked_at is null;
create index mails_recent on mails (created_at desc, id desc);
create index mails_recipient_queue on mails (to_address, id) where sent_at is null and parked_at is null;

create table rate_limits (
  key text collate "C" primary key,
  tokens double precision not null,
  refilled_at timestamptz not null
);
comment on table rate_limits is 'Token buckets, shared by all nodes. The key is a limit''s name and a hash of whom it counts.';

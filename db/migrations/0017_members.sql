-- Members: invitations and requests for access.

create table invitations (
  id uuid primary key,
  organization_id uuid not null references organizations (id),
  email text not null check (email = lower(email) and length(email) <= 254),
  role text not null check (role in ('viewer', 'downloader', 'manager', 'administrator')),
  token_hash bytea not null unique,
  invited_by uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by uuid,
  withdrawn_at timestamptz,
  claimed_by uuid references auth."user" ("id") on delete set null,
  check (accepted_at is null or withdrawn_at is null)
);
comment on column invitations.claimed_by is 'Signed up by this link: joins as soon as the e-mail address is confirmed.';
comment on table invitations is 'Somebody asked to work for an organization; the secret of the link is kept as SHA-256.';
create unique index invitations_open on invitations (organization_id, email) where accepted_at is null and withdrawn_at is null;
create index invitations_email on invitations (email) where accepted_at is null and withdrawn_at is null;

create index invitations_claimed on invitations (claimed_by) where accepted_at is null and withdrawn_at is null;

create table access_requests (
  id uuid primary key,
  organization_id uuid not null references organizations (id),
  user_id uuid not null references auth."user" ("id") on delete cascade,
  message text not null default '' check (length(message) <= 1000),
  requested_at timestamptz not null,
  answered_at timestamptz,
  answered_by uuid,
  granted_role text check (granted_role in ('viewer', 'downloader', 'manager', 'administrator'))
);
comment on table access_requests is 'A user asks to work for an organization; an administrator answers. Answered without a role = refused.';
create unique index access_requests_open on access_requests (organization_id, user_id) where answered_at is null;
create index access_requests_user on access_requests (user_id, requested_at desc);

alter table organizations add column revision integer not null default 1;
comment on column organizations.revision is 'Raised by every change of the settings; a stale form is recognised by it.';

-- The history of an organization itself, without that of its licenses, which are many.
create index events_organization_level on events (organization_id, at desc, id desc)
  where organization_id is not null and license_id is null;

-- Reminders of what ends, and calendars that show it.

create table notification_preferences (
  user_id uuid not null references auth."user" ("id") on delete cascade,
  topic text not null,
  by_email boolean not null,
  primary key (user_id, topic)
);
comment on table notification_preferences is 'What a user wants to be told by e-mail; a topic not listed has its default.';

create table notification_opt_outs (
  email text not null check (email = lower(email) and length(email) <= 254),
  topic text not null,
  opted_out_at timestamptz not null,
  primary key (email, topic)
);
comment on table notification_opt_outs is 'Technical contacts without a login who want no more e-mail about a topic.';

create table reminders (
  organization_id uuid not null references organizations (id),
  license_id uuid not null references licenses (id),
  what text not null check (what in ('end', 'maintenance')),
  ends_on date not null,
  days integer not null check (days in (90, 60, 30, 7)),
  sent_at timestamptz not null,
  primary key (license_id, what, ends_on, days)
);
comment on table reminders is 'Which reminders were sent, so that each is sent once.';
create index reminders_sent on reminders (organization_id, sent_at);

create table told_registrations (
  registration_id uuid primary key references registrations (id),
  organization_id uuid not null references organizations (id),
  told_at timestamptz not null
);
comment on table told_registrations is 'Registrations that colleagues were told about, so that each is told once.';
create index told_registrations_told on told_registrations (organization_id, told_at);

create table calendar_feeds (
  id uuid primary key,
  organization_id uuid not null references organizations (id),
  user_id uuid not null references auth."user" ("id") on delete cascade,
  token_hash bytea not null unique,
  created_at timestamptz not null,
  last_read_at timestamptz,
  content_hash bytea,
  content_changed_at timestamptz,
  revoked_at timestamptz
);
comment on table calendar_feeds is 'Secret calendar addresses; the secret is kept as SHA-256.';
comment on column calendar_feeds.content_changed_at is 'When what the calendar shows was first found changed: its Last-Modified.';
create unique index calendar_feeds_live on calendar_feeds (organization_id, user_id) where revoked_at is null;

-- Whose maintenance ends when: for the job that reminds, and for calendars. The ends of licenses have licenses_owner_end.
create index licenses_owner_maintenance on licenses (owner_id, maintenance_until, id)
  where owner_id is not null and maintenance_until is not null;

-- One click in a mail program unsubscribes (RFC 8058).
alter table mails add column unsubscribe_url text;
comment on column mails.unsubscribe_url is 'Goes into List-Unsubscribe: an address that takes a POST.';

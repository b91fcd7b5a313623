-- Reminders of what ends, and calendars that show it.

create table notification_preferences (
  user_id uuid not null references auth."user" ("id") on delete cascade,
  topic text not null,
  by_email boolean not null,
  primary key (user_id, topic)
);
comment on table notification_preferences is 'What a user wants to be told by e-mail; a topic not listed has its default.';

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

create table calendar_feeds (
  id uuid primary key,
  organization_id uuid not null references organizations (id),
  user_id uuid not null references auth."user" ("id") on delete cascade,
  token_hash bytea not null unique,
  created_at timestamptz not null,
  last_read_at timestamptz,
  revoked_at timestamptz
);
comment on table calendar_feeds is 'Secret calendar addresses; the secret is kept as SHA-256.';
create unique index calendar_feeds_live on calendar_feeds (organization_id, user_id) where revoked_at is null;

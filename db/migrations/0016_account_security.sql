-- A second factor, passkeys, a new e-mail address, closing an account.

alter table auth."session" add column "secondFactor" text check ("secondFactor" in ('code', 'backup_code', 'passkey'));
comment on column auth."session"."secondFactor" is 'What was given beside the password when this session was opened.';

create table auth."passkey" (
  "id" uuid primary key,
  "name" text,
  "publicKey" text not null,
  "userId" uuid not null references auth."user" ("id") on delete cascade,
  "credentialID" text not null unique,
  "counter" integer not null,
  "deviceType" text not null,
  "backedUp" boolean not null,
  "transports" text,
  "createdAt" timestamptz,
  "aaguid" text,
  "lastUsedAt" timestamptz
);
create index passkeys_of_user on auth."passkey" ("userId");

create table totp_secrets (
  user_id uuid primary key references auth."user" ("id") on delete cascade,
  secret text not null,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  last_step bigint not null default 0
);
comment on table totp_secrets is 'What a user''s authenticator app knows; encrypted. Asked for at sign-in once confirmed.';
comment on column totp_secrets.last_step is 'The half minute of the code used last: no code of it or before is taken again.';

create table backup_codes (
  user_id uuid not null references auth."user" ("id") on delete cascade,
  code_hash bytea not null check (length(code_hash) = 32),
  used_at timestamptz,
  primary key (user_id, code_hash)
);
comment on table backup_codes is 'One-time codes for whoever lost the authenticator app; kept as keyed hashes.';

create table email_changes (
  id uuid primary key,
  user_id uuid not null references auth."user" ("id") on delete cascade,
  new_email text not null check (new_email = lower(new_email) and length(new_email) <= 254),
  old_token_hash bytea not null unique check (length(old_token_hash) = 32),
  new_token_hash bytea not null unique check (length(new_token_hash) = 32),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  old_confirmed_at timestamptz,
  new_confirmed_at timestamptz,
  completed_at timestamptz,
  cancelled_at timestamptz,
  check (completed_at is null or (cancelled_at is null and old_confirmed_at is not null and new_confirmed_at is not null))
);
comment on table email_changes is 'A new e-mail address for a login, confirmed by links to the old and to the new one.';
create unique index email_changes_open on email_changes (user_id) where completed_at is null and cancelled_at is null;
create index email_changes_of_user on email_changes (user_id, created_at desc);

-- What somebody did is found for an export of their data, and when their account is closed.
create index events_actor on events (actor_user_id, id) where actor_user_id is not null;

-- Closing an account also empties what its own lines say about the person: addresses and names, before and after. Lines
-- about licenses keep what they say, which the chain of hashes covers.
create or replace function refuse_event_change() returns trigger language plpgsql as $$
declare kept events := new;
begin
  if old.actor_user_id is not null then
    kept.actor_name := old.actor_name;
    kept.address := old.address;
  end if;
  if old.license_id is null and old.action like 'account.%' and new.details = '{}' then
    kept.details := old.details;
  end if;
  if kept is distinct from old then
    raise exception 'events is append-only' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

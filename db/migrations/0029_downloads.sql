-- Get Software: releases of product versions, their files, who may take them and who did.

create table release_keys (
  id text collate "C" primary key check (id ~ '^[0-9A-F]{16}$'),
  public_key bytea not null check (length(public_key) = 32),
  private_key bytea,
  created_at timestamptz not null,
  retired_at timestamptz,
  check ((private_key is null) = (retired_at is not null))
);
comment on table release_keys is 'Ed25519 keys that sign published files in the format of minisign; the private key is encrypted under the key-encryption key.';
create unique index release_keys_one_active on release_keys ((true)) where retired_at is null;

create table software_terms (
  id uuid primary key,
  product_id uuid references products (id),
  number integer not null check (number > 0),
  eula jsonb not null check (eula ? 'en'),
  export_statement jsonb not null check (export_statement ? 'en'),
  created_at timestamptz not null,
  created_by uuid,
  unique nulls not distinct (product_id, number)
);
comment on table software_terms is 'Versions of the license agreement and export statement, for one product or, without one, for all others. Never changed.';
comment on column software_terms.eula is 'Markdown by language; English is always there.';

create table releases (
  id uuid primary key,
  product_version_id uuid not null unique references product_versions (id),
  state text not null default 'staged' check (state in ('staged', 'published', 'withdrawn')),
  notes text not null default '' check (length(notes) <= 100000),
  terms_id uuid references software_terms (id),
  manifest text,
  manifest_signature text,
  key_id text references release_keys (id),
  revision integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  published_at timestamptz,
  withdrawn_at timestamptz,
  withdrawn_reason text check (length(withdrawn_reason) between 1 and 500),
  check ((state = 'staged') = (published_at is null)),
  check (state = 'staged' or (terms_id is not null and manifest is not null)),
  check ((state = 'withdrawn') = (withdrawn_at is not null and withdrawn_reason is not null)),
  check ((manifest is null) = (manifest_signature is null) and (manifest is null) = (key_id is null))
);
comment on table releases is 'What people may download of a product version.';
comment on column releases.notes is 'Release notes in Markdown; made safe when they are shown.';
comment on column releases.manifest is 'SHA-256 of each published file, as sha256sum reads it; byte for byte as signed.';
create index releases_published on releases (published_at desc, id) where state = 'published';

create table release_files (
  id uuid primary key,
  release_id uuid not null references releases (id),
  name text collate "C" not null check (name ~ '^[A-Za-z0-9][A-Za-z0-9._+-]{0,119}$'),
  platform text not null,
  language text check (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$'),
  countries text[] not null default '{}',
  size bigint not null check (size > 0),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  signature text not null,
  key_id text not null references release_keys (id),
  storage_key text not null unique,
  uploaded_at timestamptz not null,
  uploaded_by uuid,
  published_at timestamptz,
  unique (release_id, name)
);
comment on table release_files is 'A whole file of a release, checked and signed; without published_at only operators see it.';
comment on column release_files.language is 'Null: for every language.';
comment on column release_files.countries is 'Where it is offered; empty: everywhere.';

create table release_uploads (
  id uuid primary key,
  release_id uuid not null references releases (id),
  name text collate "C" not null check (name ~ '^[A-Za-z0-9][A-Za-z0-9._+-]{0,119}$'),
  platform text not null,
  language text check (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$'),
  countries text[] not null default '{}',
  size bigint not null check (size > 0),
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  storage_key text not null unique,
  storage_upload text not null,
  received bigint not null default 0 check (received between 0 and size),
  parts jsonb not null default '[]',
  sha256_state bytea,
  blake2b_state bytea,
  busy_until timestamptz,
  created_at timestamptz not null,
  created_by uuid,
  touched_at timestamptz not null,
  unique (release_id, name)
);
comment on table release_uploads is 'A file that arrives in parts, over as many connections and processes as it takes; becomes a release_file of the same id.';
comment on column release_uploads.sha256 is 'What the file must have, if the sender said so.';
comment on column release_uploads.sha256_state is 'The unfinished hash of what was received, so that nothing is read twice.';
comment on column release_uploads.busy_until is 'A part is being written; another one has to wait.';
create index release_uploads_touched on release_uploads (touched_at);

create table software_terms_acceptances (
  release_id uuid not null references releases (id),
  organization_id uuid not null references organizations (id),
  user_id uuid not null,
  terms_id uuid not null references software_terms (id),
  locale text not null,
  accepted_at timestamptz not null,
  address text,
  primary key (release_id, organization_id, user_id, terms_id)
);
create index software_terms_acceptances_user on software_terms_acceptances (user_id);
comment on table software_terms_acceptances is 'Who accepted the license agreement and export statement, for whom, once per version.';

create table downloads (
  id uuid primary key,
  file_id uuid not null references release_files (id),
  release_id uuid not null references releases (id),
  organization_id uuid not null references organizations (id),
  user_id uuid not null,
  license_id uuid references licenses (id),
  started_at timestamptz not null,
  last_at timestamptz not null,
  address text,
  agent text check (length(agent) <= 200),
  requests integer not null default 1,
  bytes bigint not null default 0 check (bytes >= 0),
  received int8multirange not null default '{}',
  completed_at timestamptz,
  by_store boolean not null default false
);
comment on table downloads is 'One link that was followed, however many connections and attempts it took.';
comment on column downloads.bytes is 'Sent in all, what was sent twice counted twice.';
comment on column downloads.received is 'Which bytes were sent at least once: complete when all were.';
comment on column downloads.by_store is 'The bytes went from the store by presigned URL: what was sent is not known here.';
create index downloads_organization on downloads (organization_id, started_at desc, id desc);
create index downloads_user on downloads (user_id, id);
create index downloads_used on downloads (organization_id, release_id);
create index downloads_release on downloads (release_id, started_at);
create index downloads_started on downloads (started_at desc, id desc);

create table release_subscriptions (
  user_id uuid not null references auth."user" ("id") on delete cascade,
  organization_id uuid not null references organizations (id),
  product_id uuid not null references products (id),
  created_at timestamptz not null,
  primary key (product_id, user_id, organization_id)
);
comment on table release_subscriptions is 'Who wants to be told of new releases of a product.';
create index release_subscriptions_user on release_subscriptions (user_id);

create table release_notices (
  release_id uuid not null references releases (id),
  user_id uuid not null references auth."user" ("id") on delete cascade,
  told_at timestamptz not null,
  primary key (release_id, user_id)
);
comment on table release_notices is 'Who was told of a release, so that each is told once.';

-- Whether a license gives a right to a release, on a day of whoever asks: `refusalOf` in downloads/rules.ts says the
-- same, and why not.
create function may_download(
  kind text, own_version boolean, registered_at timestamptz, revoked_at timestamptz, superseded_at timestamptz,
  starts_on date, ends_on date, grace_days integer, maintenance_until date,
  released_on date, withdrawn boolean, used boolean, today date
) returns boolean language sql immutable parallel safe as $$
  select registered_at is not null and revoked_at is null and superseded_at is null
    and (starts_on is null or starts_on <= today)
    and (ends_on is null or ends_on + grace_days >= today)
    and (used or not withdrawn)
    and (kind <> 'product' or own_version or coalesce(maintenance_until >= released_on, false))
$$;

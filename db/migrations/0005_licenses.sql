-- Licenses, their keys, and registration, which brings the two together.

create table registration_drafts (
  id uuid primary key,
  organization_id uuid not null references organizations (id),
  created_by uuid not null references auth."user" ("id") on delete cascade,
  details jsonb not null default '{}',
  revision integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  submitted_at timestamptz,
  completed_at timestamptz,
  discarded_at timestamptz,
  refusal jsonb,
  progress_done integer not null default 0,
  progress_total integer not null default 0,
  check (completed_at is null or discarded_at is null)
);
comment on table registration_drafts is 'A New Purchase wizard under way, or completed; it survives closing the browser.';
comment on column registration_drafts.details is 'What was entered once for all: company, address, contacts, hosts and fields per product.';
comment on column registration_drafts.revision is 'Raised by every change of the draft or its serials; a page or a completion made from older facts is recognised by it.';
comment on column registration_drafts.submitted_at is 'A job is completing it; nothing may be changed meanwhile.';
comment on column registration_drafts.refusal is 'Why a submitted registration came back to its user, if it did.';
create index registration_drafts_open on registration_drafts (organization_id, updated_at desc)
  where completed_at is null and discarded_at is null;

create table registrations (
  id uuid primary key,
  draft_id uuid unique references registration_drafts (id),
  organization_id uuid not null references organizations (id),
  user_id uuid not null,
  completed_at timestamptz not null,
  license_count integer not null check (license_count > 0),
  registered_to text not null,
  contacts jsonb not null default '[]'
);
comment on table registrations is 'One completed registration: the act by which an organization became owner of licenses.';
create index registrations_organization on registrations (organization_id, completed_at desc, id desc);

create table licenses (
  id uuid primary key,
  serial text collate "C" not null unique check (serial ~ '^[A-Za-z0-9-]{6,40}$'),
  serial_lookalike text collate "C" not null
    generated always as (translate(upper(serial), 'OILUQ-', '011V0')) stored,
  product_version_id uuid not null references product_versions (id),
  kind text not null check (kind in ('product', 'maintenance', 'content', 'subscription')),
  meter text not null check (meter in ('device', 'user', 'server', 'core', 'instance', 'site')),
  quantity integer not null check (quantity > 0),
  starts_on date,
  ends_on date,
  grace_days integer not null default 0 check (grace_days between 0 and 365),
  customer_id uuid not null references customers (id),
  order_line_id uuid references order_lines (id),
  printed_key text,
  owner_id uuid references organizations (id),
  registration_id uuid references registrations (id),
  registered_at timestamptz,
  registered_to text check (length(registered_to) <= 200),
  address_id uuid references addresses (id),
  contacts jsonb not null default '[]',
  fields jsonb not null default '{}',
  maintenance_until date,
  covers_license_id uuid references licenses (id),
  renews_license_id uuid references licenses (id),
  revoked_at timestamptz,
  revoked_reason text,
  superseded_at timestamptz,
  revision integer not null default 1,
  created_at timestamptz not null,
  check (starts_on is null or ends_on is null or starts_on <= ends_on),
  check ((registered_at is null) = (registration_id is null))
);
comment on table licenses is 'One purchased right, named to people by its serial number.';
comment on column licenses.serial_lookalike is 'The serial with look-alike characters folded, for hints on licenses that the user may already see.';
comment on column licenses.owner_id is 'The owning organization; none = unowned.';
comment on column licenses.printed_key is 'Scheme printed: the key on the certificate.';
comment on column licenses.contacts is 'Technical contacts: [{name, email, phone}].';
comment on column licenses.maintenance_until is 'End of the maintenance covering this license, from its order or registered maintenance.';
comment on column licenses.covers_license_id is 'Maintenance and content: the license it covers.';
comment on column licenses.revision is 'Raised by every command that changes the license; a stale form is recognised by it.';
create index licenses_owner on licenses (owner_id, id desc) where owner_id is not null;
create index licenses_owner_serial on licenses (owner_id, serial) where owner_id is not null;
create index licenses_lookalike on licenses (serial_lookalike);
create index licenses_customer_unregistered on licenses (customer_id, id) where registered_at is null;
create index licenses_order_line on licenses (order_line_id);
create index licenses_registration on licenses (registration_id) where registration_id is not null;
create index licenses_covers on licenses (covers_license_id) where covers_license_id is not null;
create index licenses_renews on licenses (renews_license_id) where renews_license_id is not null;

-- The one place that knows what a status means (domain.md, "License status"). Days are the reader's.
create function license_status(
  registered_at timestamptz, starts_on date, ends_on date, grace_days integer,
  superseded_at timestamptz, revoked_at timestamptz, today date
) returns text language sql immutable parallel safe as $$
  select case
    when revoked_at is not null then 'revoked'
    when superseded_at is not null then 'superseded'
    when registered_at is null then 'unregistered'
    when starts_on > today then 'planned'
    when ends_on is null then 'active'
    when ends_on + grace_days < today then 'expired'
    when ends_on < today then 'grace'
    when ends_on - today < 30 then 'expiring'
    when ends_on - today <= 90 then 'start_planning'
    else 'active'
  end
$$;

create table signing_keys (
  kid text collate "C" primary key,
  alg text not null check (alg in ('EdDSA')),
  public_jwk jsonb not null,
  private_key bytea,
  state text not null check (state in ('next', 'active', 'retired')),
  created_at timestamptz not null,
  activated_at timestamptz,
  retired_at timestamptz,
  check (state <> 'active' or (private_key is not null and activated_at is not null)),
  check ((state = 'retired') = (retired_at is not null))
);
comment on table signing_keys is 'Keys that sign license files. The private key is encrypted (AES-256-GCM) under the key-encryption key.';
create unique index signing_keys_one_active on signing_keys (state) where state = 'active';

create table license_keys (
  id uuid primary key,
  license_id uuid not null references licenses (id),
  scheme text not null
    check (scheme in ('code', 'signed', 'file', 'file_host', 'pool', 'printed', 'none', 'external')),
  quantity integer not null check (quantity > 0),
  host_type text,
  host_id text check (length(host_id) <= 200),
  key_text text check (length(key_text) <= 8000),
  file_name text check (length(file_name) <= 120),
  file_content text,
  kid text references signing_keys (kid),
  issued_at timestamptz not null,
  expires_on date,
  superseded_at timestamptz,
  revoked_at timestamptz,
  revoked_reason text,
  replaces_id uuid references license_keys (id),
  check ((host_type is null) = (host_id is null)),
  check ((file_name is null) = (file_content is null)),
  check (scheme = 'file_host' or scheme <> 'file' or host_id is null)
);
comment on table license_keys is 'What activates the product; a file is kept byte for byte as issued. The id is the jti of signed keys.';
create index license_keys_license on license_keys (license_id);
create index license_keys_active_host on license_keys (host_type, host_id) where host_id is not null;
create unique index license_keys_text on license_keys (md5(key_text)) where scheme in ('code', 'pool');
create index license_keys_ended on license_keys (coalesce(revoked_at, superseded_at), id)
  where revoked_at is not null or superseded_at is not null;
alter table pool_keys add foreign key (license_key_id) references license_keys (id) deferrable initially deferred;

-- Invariant: the active keys of a license never cover more than its quantity.
-- Commands hold the license's row lock; this catches a command that forgot.
create function license_keys_fit() returns trigger language plpgsql as $$
declare bad text;
begin
  select l.serial into bad
  from (select distinct license_id from changed) c
  join licenses l on l.id = c.license_id
  join license_keys k on k.license_id = l.id and k.revoked_at is null and k.superseded_at is null
  group by l.id, l.serial, l.quantity
  having sum(k.quantity) > l.quantity
  limit 1;
  if bad is not null then
    raise exception 'license keys of % cover more than its quantity', bad using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger license_keys_fit_insert after insert on license_keys
  referencing new table as changed for each statement execute function license_keys_fit();
create trigger license_keys_fit_update after update on license_keys
  referencing new table as changed for each statement execute function license_keys_fit();

create table registration_draft_serials (
  draft_id uuid not null references registration_drafts (id) on delete cascade,
  position integer not null,
  serial text collate "C" not null check (length(serial) between 1 and 40),
  choices jsonb not null default '{}',
  primary key (draft_id, position),
  unique (draft_id, serial)
);
comment on table registration_draft_serials is 'Serial numbers in a draft, in the order they were entered. Their outcomes are never stored: they follow from the licenses, now.';
comment on column registration_draft_serials.choices is 'What was entered for this license alone: hosts, fields, the license it covers.';

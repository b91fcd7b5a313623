-- Where licenses are deployed: moves to new hosts, and keys that bridge the time until a request is decided.

alter table license_keys add column temporary boolean not null default false;
comment on column license_keys.temporary is 'Issued over the allowance, for a few days, until a service request is decided.';

create table rehosts (
  id uuid primary key,
  license_id uuid not null references licenses (id),
  organization_id uuid not null references organizations (id),
  kind text not null check (kind in ('rehost', 'return')),
  old_key_id uuid references license_keys (id),
  new_key_id uuid references license_keys (id),
  quantity integer not null check (quantity > 0),
  request_id uuid,
  counted boolean not null default true,
  moved_at timestamptz not null,
  moved_by uuid
);
comment on table rehosts is 'Each move of a license to a new host, for the allowance of its product.';
comment on column rehosts.counted is 'Whether it uses up the allowance; those an operator granted do not.';
create index rehosts_license on rehosts (license_id, moved_at desc);

create unique index license_keys_one_temporary on license_keys (license_id)
  where temporary and superseded_at is null and revoked_at is null;
create index license_keys_temporary on license_keys (expires_on)
  where temporary and superseded_at is null and revoked_at is null;
alter table license_keys add check (not temporary or (expires_on is not null and host_id is not null));

-- User-defined fields: what an organization wants to know about its licenses.

create table user_defined_fields (
  id uuid primary key,
  organization_id uuid not null references organizations (id),
  name text not null check (length(name) between 1 and 80),
  type text not null check (type in ('text', 'number', 'date', 'choice', 'yes_no')),
  choices text[] not null default '{}',
  required boolean not null default false,
  in_catalog boolean not null default false,
  searchable boolean not null default true,
  shared boolean not null default false,
  position integer not null,
  revision integer not null default 1,
  created_at timestamptz not null,
  deleted_at timestamptz,
  check ((type = 'choice') = (cardinality(choices) > 0))
);
comment on table user_defined_fields is 'Up to 30 fields per organization that stand on each of its licenses. A deleted one keeps its values, to be brought back.';
comment on column user_defined_fields.shared is 'Shown to those with whom licenses are shared.';
create unique index user_defined_fields_name on user_defined_fields (organization_id, lower(name)) where deleted_at is null;

create table license_field_values (
  license_id uuid not null references licenses (id),
  field_id uuid not null references user_defined_fields (id),
  organization_id uuid not null references organizations (id),
  value text not null check (length(value) between 1 and 1000),
  sort_value text collate "C" not null check (length(sort_value) <= 200),
  updated_at timestamptz not null,
  primary key (license_id, field_id)
);
comment on table license_field_values is 'Values of user-defined fields: numbers and dates in ISO form, yes and no as true and false.';
comment on column license_field_values.sort_value is 'Sorts byte by byte as the type does: texts in lower case without accents, numbers in fixed width; see sortValue in src/fields/rules.ts.';
create index license_field_values_sorted on license_field_values (field_id, sort_value, license_id);
create index license_field_values_search on license_field_values using gin (organization_id, value gin_trgm_ops);

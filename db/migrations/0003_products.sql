-- What the vendor sells, and how its keys are made.

create table products (
  id uuid primary key,
  code text collate "C" not null unique check (code ~ '^[A-Z0-9][A-Z0-9._-]{0,39}$'),
  name text not null check (length(name) between 1 and 200),
  description text not null default '',
  kind text not null check (kind in ('product', 'maintenance', 'content', 'subscription')),
  meter text not null check (meter in ('device', 'user', 'server', 'core', 'instance', 'site')),
  key_scheme text not null
    check (key_scheme in ('code', 'signed', 'file', 'file_host', 'pool', 'printed', 'none', 'external')),
  host_types text[] not null default '{}',
  register_alone boolean not null default false,
  covers_product_id uuid references products (id),
  fields_schema jsonb,
  features jsonb not null default '{}',
  warn_days integer not null default 30 check (warn_days between 0 and 365),
  grace_days integer not null default 0 check (grace_days between 0 and 365),
  rehost_allowance integer not null default 3 check (rehost_allowance >= 0),
  rehost_months integer not null default 12 check (rehost_months > 0),
  created_at timestamptz not null,
  check (key_scheme <> 'file_host' or cardinality(host_types) > 0),
  check (kind <> 'maintenance' or covers_product_id is not null)
);
comment on table products is 'What is sold. The key scheme says how its license keys are made.';
comment on column products.register_alone is 'Its serial numbers must be registered individually, in a basket of their own.';
comment on column products.covers_product_id is 'Maintenance and content: the product whose licenses it covers.';
comment on column products.fields_schema is 'JSON Schema of what registration asks besides the host, or null.';
comment on column products.features is 'Signed into license files: {name: true | number | text}.';

create table product_versions (
  id uuid primary key,
  product_id uuid not null references products (id),
  version text not null check (length(version) between 1 and 40),
  released_on date not null,
  support_ends_on date,
  unique (product_id, version),
  check (support_ends_on is null or support_ends_on >= released_on)
);
comment on table product_versions is 'A released version of a product, with its end of support.';

create table pool_keys (
  id uuid primary key,
  product_id uuid not null references products (id),
  key_text text not null,
  imported_at timestamptz not null,
  license_key_id uuid unique,
  unique (product_id, key_text)
);
comment on table pool_keys is 'Keys imported by the vendor; each is handed out once.';
create index pool_keys_free on pool_keys (product_id, id) where license_key_id is null;

-- Service requests: what an operator must decide.

create table service_requests (
  id uuid primary key,
  number text collate "C" not null unique,
  kind text not null check (kind in ('address', 'rehost', 'customer_number')),
  state text not null default 'open' check (state in ('open', 'accepted', 'refused', 'withdrawn')),
  organization_id uuid not null references organizations (id),
  opened_by uuid not null,
  license_id uuid references licenses (id),
  customer_id uuid references customers (id),
  details jsonb not null default '{}',
  locale text not null,
  opened_at timestamptz not null,
  due_at timestamptz not null,
  assignee_id uuid references operators (user_id),
  taken_at timestamptz,
  decided_at timestamptz,
  decided_by uuid,
  reason text check (length(reason) <= 2000),
  revision integer not null default 1,
  check ((state = 'open') = (decided_at is null)),
  check ((assignee_id is null) = (taken_at is null))
);
comment on table service_requests is 'Something that the vendor''s staff must decide; details by kind.';
comment on column service_requests.number is 'What people quote: SR-….';
create index service_requests_organization on service_requests (organization_id, opened_at desc, id desc);
create index service_requests_open on service_requests (due_at, id) where state = 'open';
create index service_requests_recent on service_requests (opened_at desc, id desc);
create index service_requests_license on service_requests (license_id) where license_id is not null;
alter table rehosts add foreign key (request_id) references service_requests (id);

alter table customer_associations add column created_by uuid;
comment on column customer_associations.created_by is 'Who associated it: a member, or the operator who accepted the claim.';

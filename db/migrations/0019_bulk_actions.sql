-- Bulk actions: one change for many licenses, tried first, then done by a job.

create table bulk_actions (
  id uuid primary key,
  organization_id uuid not null references organizations (id),
  user_id uuid not null references auth."user" ("id") on delete cascade,
  columns text[] not null default '{}',
  repeated integer not null default 0,
  action text,
  input jsonb not null default '{}',
  state text not null default 'new' check (state in ('new', 'checking', 'checked', 'running', 'done', 'cancelled')),
  total integer not null default 0,
  accepted integer not null default 0,
  refused integer not null default 0,
  progress_done integer not null default 0,
  revision integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  started_at timestamptz,
  completed_at timestamptz,
  check (action is not null or state = 'new')
);
comment on table bulk_actions is 'One change for many licenses: tried first, then done by a job, with a report.';
comment on column bulk_actions.columns is 'Headings of the columns of an uploaded list beside the serial number.';
comment on column bulk_actions.repeated is 'Lines of the list that named a license once more.';
create index bulk_actions_recent on bulk_actions (organization_id, created_at desc, id desc);
create index bulk_actions_unfinished on bulk_actions (updated_at) where state in ('new', 'checked');

create table bulk_action_rows (
  bulk_action_id uuid not null references bulk_actions (id) on delete cascade,
  position integer not null,
  serial text collate "C" not null check (length(serial) <= 100),
  license_id uuid references licenses (id),
  revision integer,
  cells jsonb not null default '[]',
  outcome text,
  detail text,
  primary key (bulk_action_id, position),
  check (license_id is not null or outcome = 'not_found')
);
comment on table bulk_action_rows is 'The licenses of a bulk action, each once.';
comment on column bulk_action_rows.cells is 'What an uploaded list says about this license, in the order of its columns.';
comment on column bulk_action_rows.outcome is 'Null: not tried. Then ok (would be done), done, or the code of the reason why not.';
comment on column bulk_action_rows.detail is 'What the reason is about, for example the name of a field.';
create index bulk_action_rows_outcome on bulk_action_rows (bulk_action_id, outcome, position);
create unique index bulk_action_rows_license on bulk_action_rows (bulk_action_id, license_id);

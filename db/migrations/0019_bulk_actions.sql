-- Bulk actions: one change for many licenses, tried first, then done by a job.

create table bulk_actions (
  id uuid primary key,
  organization_id uuid not null references organizations (id),
  user_id uuid not null references auth."user" ("id") on delete cascade,
  action text not null,
  input jsonb not null default '{}',
  state text not null default 'draft' check (state in ('draft', 'checked', 'running', 'done', 'discarded')),
  total integer not null default 0,
  accepted integer not null default 0,
  refused integer not null default 0,
  progress_done integer not null default 0,
  revision integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  started_at timestamptz,
  completed_at timestamptz
);
comment on table bulk_actions is 'One change for many licenses: tried first, then done by a job, with a report.';
create index bulk_actions_recent on bulk_actions (organization_id, created_at desc, id desc);

create table bulk_action_rows (
  bulk_action_id uuid not null references bulk_actions (id) on delete cascade,
  position integer not null,
  serial text collate "C" not null check (length(serial) <= 100),
  license_id uuid references licenses (id),
  revision integer,
  input jsonb not null default '{}',
  outcome text,
  primary key (bulk_action_id, position)
);
comment on table bulk_action_rows is 'The licenses of a bulk action. Outcome: null = not tried; ok, done, or the code of the reason why not.';
create index bulk_action_rows_outcome on bulk_action_rows (bulk_action_id, outcome, position);

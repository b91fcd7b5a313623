-- Customer service: requests of every kind, the conversation about them, files, and answers prepared for many.

alter table service_requests alter column organization_id drop not null;
alter table service_requests drop constraint service_requests_kind_check;
alter table service_requests add constraint service_requests_kind check
  (kind in ('contract_change', 'address', 'customer_number', 'rehost', 'recovery', 'other'));
alter table service_requests add constraint service_requests_of_nobody check (organization_id is not null or kind = 'recovery');
comment on column service_requests.organization_id is 'None when somebody asks who works for no organization; then only the asker sees it.';
alter table service_requests add column waiting_since timestamptz;
alter table service_requests add constraint service_requests_waiting check (waiting_since is null or state = 'open');
comment on column service_requests.waiting_since is 'Since when the vendor waits for an answer of the customer; meanwhile the target does not run. None = it is the vendor''s turn.';
create index service_requests_personal on service_requests (opened_by, opened_at desc, id desc) where organization_id is null;
create index service_requests_assignee on service_requests (assignee_id, due_at, id) where state = 'open';

create table request_messages (
  id uuid primary key,
  request_id uuid not null references service_requests (id),
  side text not null check (side in ('customer', 'vendor')),
  internal boolean not null default false,
  author_id uuid not null,
  body text not null check (length(body) between 1 and 20000),
  written_at timestamptz not null,
  check (not internal or side = 'vendor')
);
comment on table request_messages is 'What customer and vendor write to each other about a request; internal ones only operators see.';
create index request_messages_request on request_messages (request_id, written_at, id);

create table canned_answers (
  id uuid primary key,
  name text not null check (length(name) between 1 and 80),
  texts jsonb not null check (jsonb_typeof(texts) = 'object'),
  revision integer not null default 1,
  changed_at timestamptz not null,
  changed_by uuid not null
);
comment on table canned_answers is 'Answers that operators prepared; texts by language, {placeholders} are filled in when one is used.';
create unique index canned_answers_name on canned_answers (lower(name));

-- Whoever asks for an organization back names it.
create index organizations_name on organizations (lower(name));

create table request_files (
  id uuid primary key,
  request_id uuid references service_requests (id),
  message_id uuid references request_messages (id),
  name text not null check (length(name) between 1 and 200),
  type text not null check (length(type) <= 100),
  size integer not null check (size > 0),
  uploaded_by uuid not null,
  uploaded_at timestamptz not null,
  check (message_id is null or request_id is not null)
);
comment on table request_files is 'Files that were attached to a request or to a message about it; the bytes lie in the storage under requests/<id>.';
comment on column request_files.request_id is 'None while it arrives; what stays so is removed after a day.';
create index request_files_request on request_files (request_id, id) where request_id is not null;
create index request_files_arriving on request_files (uploaded_at) where request_id is null;

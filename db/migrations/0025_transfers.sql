-- Transfers of ownership: offered by one side, accepted by the other, undone by either within some days.

create table ownership_transfers (
  id uuid primary key,
  state text not null check (state in ('offered', 'accepted', 'declined', 'withdrawn', 'expired', 'undone')),
  from_id uuid not null references organizations (id),
  to_id uuid references organizations (id),
  to_email text not null check (to_email = lower(to_email) and length(to_email) <= 254),
  with_comments boolean not null,
  with_fields boolean not null,
  message text not null default '' check (length(message) <= 2000),
  offered_at timestamptz not null,
  offered_by uuid not null,
  expires_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid,
  undo_until timestamptz,
  undone_at timestamptz,
  undone_by uuid,
  check (from_id <> to_id),
  check ((state in ('accepted', 'undone')) <= (to_id is not null and decided_at is not null)),
  check ((state = 'undone') = (undone_at is not null))
);
comment on table ownership_transfers is 'Licenses that change their owner: both sides agree, or the vendor decides.';
comment on column ownership_transfers.to_id is 'None while the person asked has no confirmed account; set by triggers.';
comment on column ownership_transfers.undo_until is 'Until then either side takes an accepted transfer back; none where the vendor decided.';
create index ownership_transfers_from on ownership_transfers (from_id, offered_at desc, id desc);
create index ownership_transfers_to on ownership_transfers (to_id, offered_at desc, id desc) where to_id is not null;
create index ownership_transfers_invited on ownership_transfers (to_email) where state = 'offered' and to_id is null;
create index ownership_transfers_ending on ownership_transfers (expires_at) where state = 'offered';

create table ownership_transfer_licenses (
  transfer_id uuid not null references ownership_transfers (id),
  license_id uuid not null references licenses (id),
  quantity integer check (quantity > 0),
  moved_id uuid references licenses (id),
  before jsonb,
  primary key (transfer_id, license_id)
);
comment on table ownership_transfer_licenses is 'What a transfer is about.';
comment on column ownership_transfer_licenses.quantity is 'The part of the quantity that goes; none = all of it.';
comment on column ownership_transfer_licenses.moved_id is 'The license that went: a new one where a part was divided off.';
comment on column ownership_transfer_licenses.before is 'What undoing brings back: contacts, address, registered-to.';
create index ownership_transfer_licenses_license on ownership_transfer_licenses (license_id);

create function bind_transfers(invited uuid) returns void language sql as $$
  update ownership_transfers t set to_id = m.organization_id
  from auth."user" u, lateral (
    select organization_id from memberships where user_id = u.id order by created_at, organization_id limit 1) m
  where u.id = invited and u."emailVerified" and t.to_email = u.email and t.to_id is null
    and t.state = 'offered' and t.from_id <> m.organization_id
$$;
create function bind_transfers_of_member() returns trigger language plpgsql as $$
begin
  perform bind_transfers(new.user_id);
  return null;
end $$;
create trigger memberships_transfers after insert on memberships for each row execute function bind_transfers_of_member();
create function bind_transfers_of_user() returns trigger language plpgsql as $$
begin
  perform bind_transfers(new.id);
  return null;
end $$;
create trigger user_transfers after update of "emailVerified" on auth."user"
  for each row when (new."emailVerified" and not old."emailVerified") execute function bind_transfers_of_user();
